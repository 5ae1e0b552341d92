using AgentObs.Conventions;

namespace AgentObs.Cli.Running;

/// <summary>
/// The AgentObs that commands talk to: named by option or environment variable, else by <c>endpoints.json</c>, else the default
/// addresses.
/// </summary>
/// <param name="Token">Sent as <c>Authorization: Bearer</c>; empty where none is set.</param>
internal sealed record RunningAgentObs(Uri Web, Uri OtlpGrpc, Uri OtlpHttp, string Token)
{
    public static RunningAgentObs Find(Func<string, string?> configuration)
    {
        var written = EndpointsFile.Read(DataHome.Resolve(Setting.Data.Read(configuration)));
        return new RunningAgentObs(
            Address(Setting.WebUrl, written?.Web, configuration),
            Address(Setting.OtlpGrpcUrl, written?.OtlpGrpc, configuration),
            Address(Setting.OtlpHttpUrl, written?.OtlpHttp, configuration),
            Setting.Token.Read(configuration));
    }

    private static Uri Address(Setting setting, string? written, Func<string, string?> configuration)
    {
        // Only what was really set stands before the file; the default of the setting stands behind it.
        var set = setting with { Default = "" };
        var value = set.Read(configuration);
        var text = value.Length > 0 && !IsPortZero(value) ? value : written ?? setting.Default;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")
            ? Reachable(uri)
            : throw CommandException.Usage(
                $"{setting.Variable} is '{text}', which is not an http address.",
                $"set it like {setting.Variable}={setting.Default}");
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
