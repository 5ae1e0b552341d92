using System.Net;
using System.Security.Cryptography;
using AgentObs.Conventions;

namespace AgentObs.Storage.Front;

/// <summary>Where the embedded engine answers ClickHouse's HTTP protocol, and to whom.</summary>
/// <param name="Url">Scheme, host and port; port 0 for a free one.</param>
/// <param name="User">The one name that is accepted.</param>
/// <param name="Password">Never empty.</param>
public sealed record FrontOptions(Uri Url, string User, string Password)
{
    private const string DefaultUser = "default";
    private const int GeneratedBytes = 18;

    /// <summary>
    /// From <c>AGENTOBS_CLICKHOUSE_URL</c>: <c>http://default:PASSWORD@127.0.0.1:8123</c>; a password is made where it has none. Null where it is not set.
    /// </summary>
    /// <param name="configuration">Reads a name, or null: environment variables and configuration keys.</param>
    /// <exception cref="StorageException">It is no address to listen on; names the setting and what it should look like.</exception>
    public static FrontOptions? From(Func<string, string?> configuration)
    {
        var text = Setting.ClickHouseUrl.Read(configuration);
        if (text.Length == 0)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || url.AbsolutePath != "/"
            || (url.Host != "localhost" && !IPAddress.TryParse(url.Host.Trim('[', ']'), out _)))
        {
            throw new StorageException($"{Setting.ClickHouseUrl.Variable} is no address to listen on. Set it like http://default:PASSWORD@127.0.0.1:8123, or leave it out.");
        }

        var colon = url.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var user = Uri.UnescapeDataString(colon < 0 ? url.UserInfo : url.UserInfo[..colon]);
        var password = colon < 0 ? "" : Uri.UnescapeDataString(url.UserInfo[(colon + 1)..]);
        return new FrontOptions(
            new UriBuilder(url) { UserName = "", Password = "" }.Uri,
            user.Length == 0 ? DefaultUser : user,
            password.Length == 0 ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(GeneratedBytes)) : password);
    }

    /// <summary>The address for a client, name and password in it, with the port that was bound.</summary>
    public string ForClients(int port) => $"http://{Uri.EscapeDataString(User)}:{Uri.EscapeDataString(Password)}@{Url.Host}:{port}";
}
