using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace AgentObs.ServiceDefaults;

/// <summary>
/// Keeps web pages of elsewhere and people without the token out. A page on the internet can make the browser send requests to
/// 127.0.0.1 and can point its own name at it (DNS rebinding): the Host header gives the second away, the Origin header the first.
/// Foreign Host: 400. Foreign or <c>null</c> Origin: 403. Wrong or missing token: 401 (gRPC: UNAUTHENTICATED).
/// </summary>
public sealed class RequestGuard(RequestDelegate next, GuardOptions options)
{
    private const string CookieName = "agentobs-token";

    private readonly byte[] _token = Encoding.UTF8.GetBytes(options.Token);

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsOwnHost(request.Host))
        {
            return RefuseAsync(
                context, StatusCodes.Status400BadRequest, GuardRefusal.GrpcInvalidArgument, "Host",
                $"The Host header '{request.Host}' is not an address of this AgentObs. Use http://127.0.0.1 or http://localhost with its port.");
        }

        if (request.Headers.Origin is { Count: > 0 } origin && !IsOwnOrigin(origin.ToString(), request))
        {
            return RefuseAsync(
                context, StatusCodes.Status403Forbidden, GuardRefusal.GrpcPermissionDenied, "Origin",
                $"Pages of '{origin}' may not talk to AgentObs. Send the request without an Origin header, from a program.");
        }

        if (_token.Length == 0 || request.Path == "/healthz" || HasToken(request))
        {
            return next(context);
        }

        return request.Query["token"] is [{ } given] && HttpMethods.IsGet(request.Method) && IsToken(given)
            ? KeepTokenAsync(context, given)
            : RefuseAsync(
                context, StatusCodes.Status401Unauthorized, GuardRefusal.GrpcUnauthenticated, "Authorization",
                "This AgentObs asks for its token: send 'Authorization: Bearer <AGENTOBS_TOKEN>', or open the page once as /?token=<AGENTOBS_TOKEN>.");
    }

    private Task RefuseAsync(HttpContext context, int status, int grpcStatus, string header, string message)
    {
        options.Refused?.Invoke(context, message);
        return GuardRefusal.WriteAsync(context, status, grpcStatus, header, message);
    }

    private bool IsOwnHost(HostString host)
    {
        var name = LoopbackHost.NameOf(host);
        return LoopbackHost.IsLoopback(name)
            || options.AnyHost
            || options.Urls.Any(url => name.Equals(url.Host, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsOwnOrigin(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme == request.Scheme
        && uri.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && uri.Port == (request.Host.Port ?? (request.IsHttps ? 443 : 80));

    private bool HasToken(HttpRequest request) =>
        (request.Headers.Authorization.ToString() is { } header
            && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            && IsToken(header[7..].Trim()))
        || (request.Cookies.TryGetValue(CookieName, out var cookie) && IsToken(cookie));

    private bool IsToken(string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _token);

    /// <summary>The token goes from the address into a cookie, so that it stays out of history, bookmarks and Referer headers.</summary>
    private static Task KeepTokenAsync(HttpContext context, string token)
    {
        context.Response.Cookies.Append(CookieName, token, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            IsEssential = true,
        });
        var rest = QueryString.Create(context.Request.Query.Where(pair => pair.Key != "token"));
        // "//elsewhere" would be another host's address to a browser.
        var path = new PathString("/" + context.Request.Path.Value?.TrimStart('/', '\\'));
        context.Response.Redirect(UriHelper.BuildRelative(context.Request.PathBase, path, rest));
        return Task.CompletedTask;
    }
}
