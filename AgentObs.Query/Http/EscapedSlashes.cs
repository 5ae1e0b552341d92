namespace AgentObs.Query;

/// <summary>
/// Ids are the agents' own, and some hold a slash (goose: <c>host/3</c>). The server decodes a path except for <c>%2F</c>, which would reach the
/// endpoints as three characters; here it becomes the slash that was asked for.
/// </summary>
internal static class EscapedSlashes
{
    private const string Escaped = "%2F";

    public static Task DecodeAsync(HttpContext context, RequestDelegate next)
    {
        foreach (var (key, value) in context.Request.RouteValues.ToArray())
        {
            if (value is string text && text.Contains(Escaped, StringComparison.OrdinalIgnoreCase))
            {
                context.Request.RouteValues[key] = Decode(text, context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget ?? "");
            }
        }

        return next(context);
    }

    /// <summary>The segment as it was sent decides: <c>a%252Fb</c> is the id <c>a%2Fb</c>.</summary>
    private static string Decode(string value, string target)
    {
        var sent = target.Split('?')[0].Split('/').FirstOrDefault(
            segment => Uri.UnescapeDataString(segment.Replace(Escaped, "%25" + Escaped[1..], StringComparison.OrdinalIgnoreCase)).Equals(value, StringComparison.OrdinalIgnoreCase));
        return sent is null ? value : Uri.UnescapeDataString(sent);
    }
}
