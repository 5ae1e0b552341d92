namespace AgentObs.Conventions;

/// <summary>
/// Where a running AgentObs is found: what was set for this process, else what <c>endpoints.json</c> of the data folder says, else the defaults.
/// </summary>
/// <param name="Token">Sent as <c>Authorization: Bearer</c>; empty where none is set.</param>
public sealed record RunningAddresses(Uri Web, Uri OtlpGrpc, Uri OtlpHttp, string Token)
{
    /// <exception cref="FormatException">An address is none; the message names the variable and a right value.</exception>
    public static RunningAddresses Find(Func<string, string?> configuration)
    {
        var written = new Lazy<Endpoints?>(() => EndpointsFile.Read(DataHome.Resolve(Setting.Data.Read(configuration))));
        return new RunningAddresses(
            Address(Setting.WebUrl, () => written.Value?.Web, configuration),
            Address(Setting.OtlpGrpcUrl, () => written.Value?.OtlpGrpc, configuration),
            Address(Setting.OtlpHttpUrl, () => written.Value?.OtlpHttp, configuration),
            Setting.Token.Read(configuration));
    }

    /// <summary>Whether an endpoint that a client is set to is one of this AgentObs's OTLP ports.</summary>
    public bool IsOurs(string endpoint) => OtlpEndpoint.Read(endpoint) is { } url && (OtlpEndpoint.IsSame(url, OtlpGrpc) || OtlpEndpoint.IsSame(url, OtlpHttp));

    private static Uri Address(Setting setting, Func<string?> written, Func<string, string?> configuration)
    {
        // Only what was really set stands before the file; the default of the setting stands behind it.
        var set = setting with { Default = "" };
        var value = set.Read(configuration);
        var text = value.Length > 0 && !IsPortZero(value) ? value : written() ?? setting.Default;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")
            ? Reachable(uri)
            : throw new FormatException($"{setting.Variable} is '{text}', which is not an http address: set it like {setting.Variable}={setting.Default}");
    }

    // Bound to every address of this machine: the loopback one is among them.
    private static Uri Reachable(Uri uri) => uri.Host switch
    {
        "0.0.0.0" => new UriBuilder(uri) { Host = "127.0.0.1" }.Uri,
        "[::]" => new UriBuilder(uri) { Host = "[::1]" }.Uri,
        _ => uri,
    };

    // `serve` was told to choose a free port: only endpoints.json knows which.
    private static bool IsPortZero(string value) => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Port == 0;
}
