namespace AgentObs.ServiceDefaults;

/// <summary>The addresses under which a host of the container topology is asked, for <see cref="GuardOptions"/>.</summary>
public static class OwnAddresses
{
    /// <summary>
    /// Where it listens (<c>urls</c>: <c>http://+:8080</c>), and <c>AGENTOBS_QUERY_URL</c>: in a network of containers Query listens on a
    /// wildcard and is asked as <c>http://query:8080</c>.
    /// </summary>
    /// <param name="configuration">Reads a name, or null: environment variables and configuration keys.</param>
    /// <exception cref="UriFormatException">One of them is no address.</exception>
    public static IReadOnlyList<Uri> Of(Func<string, string?> configuration) =>
    [
        .. $"{configuration("urls")};{configuration("AGENTOBS_QUERY_URL")};{configuration("AGENTOBS_WEB_URL")}"
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => new Uri(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal))),
    ];
}
