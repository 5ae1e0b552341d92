using System.Security.Cryptography;

namespace AgentObs.Web;

/// <summary>
/// What a browser may do with our answers. Scripts: ours, and the inline import map by its nonce. Styles: attributes are needed by
/// the Fluent elements. Nothing is loaded from or sent to another host, and nobody may frame a page (a click could be stolen).
/// </summary>
internal sealed class PageHeaders(RequestDelegate next)
{
    public const string NonceKey = "AgentObs.Nonce";

    public Task InvokeAsync(HttpContext context)
    {
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        context.Items[NonceKey] = nonce;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        context.Response.OnStarting(() =>
        {
            if (context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
            {
                headers.ContentSecurityPolicy = Policy(nonce, context.Request);
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>Older Safari does not count a WebSocket as 'self', so its address is named; the guard has checked the Host header.</summary>
    private static string Policy(string nonce, HttpRequest request) =>
        "default-src 'none'; "
        + $"script-src 'self' 'nonce-{nonce}'; "
        + "style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self'; manifest-src 'self'; "
        + $"connect-src 'self' {(request.IsHttps ? "wss" : "ws")}://{request.Host.ToUriComponent()}; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
}
