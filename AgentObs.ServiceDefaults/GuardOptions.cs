using Microsoft.AspNetCore.Http;

namespace AgentObs.ServiceDefaults;

/// <summary>Who may talk to a host of AgentObs.</summary>
/// <param name="Token">Asked for as <c>Authorization: Bearer</c> or cookie on every request but <c>/healthz</c>; empty: none is asked for.</param>
/// <param name="Urls">The addresses this host listens on: their names are good Host headers besides the loopback ones.</param>
public sealed record GuardOptions(string Token, IReadOnlyList<Uri> Urls)
{
    /// <summary>Called with what is refused, and why.</summary>
    public Action<HttpContext, string>? Refused { get; init; }

    /// <summary>
    /// A wildcard address answers under names that are not known here. It is only bound with a token,
    /// which a rebinding web page does not have, so any Host is good then.
    /// </summary>
    public bool AnyHost => Token.Length > 0 && Urls.Any(url => url.Host is "0.0.0.0" or "[::]" or "*" or "+");
}
