namespace AgentObs.Web;

/// <summary>Addresses that telemetry declares: whoever can send a span writes them.</summary>
internal static class Links
{
    /// <summary>True for http and https alone: a click on <c>javascript:</c> or <c>data:</c> would run the sender's code in the page.</summary>
    public static bool Opens(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
}
