using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AgentObs.Storage.Front;

/// <summary>ClickHouse's three ways to say who one is: Basic, <c>X-ClickHouse-User</c> and <c>-Key</c>, <c>?user=&amp;password=</c>.</summary>
internal static class FrontLogin
{
    internal static bool IsGood(HttpRequest request, FrontOptions options)
    {
        var (user, password) = Given(request);
        return Same(user.Length == 0 ? options.User : user, options.User) & Same(password, options.Password);
    }

    private static (string User, string Password) Given(HttpRequest request)
    {
        if (request.Headers.ContainsKey("X-ClickHouse-Key") || request.Headers.ContainsKey("X-ClickHouse-User"))
        {
            return (request.Headers["X-ClickHouse-User"].ToString(), request.Headers["X-ClickHouse-Key"].ToString());
        }

        if (request.Headers.Authorization.ToString() is { } header && header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return Basic(header[6..]);
        }

        return (request.Query["user"].ToString(), request.Query["password"].ToString());
    }

    private static (string User, string Password) Basic(string base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64.Trim(), bytes, out var length))
        {
            return ("", "");
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
    }

    // Takes as long for a near miss as for a far one.
    private static bool Same(string given, string wanted) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(wanted)));
}
