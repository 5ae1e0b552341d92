using System.CommandLine;
using AgentObs.Conventions;

namespace AgentObs.Cli;

/// <summary>
/// Command-line options that stand before the environment variable of the same setting:
/// <c>--web-url</c> before <c>AGENTOBS_WEB_URL</c> before the configuration key before the default.
/// </summary>
internal sealed class SettingOptions
{
    private readonly List<(Setting Setting, Option<string?> Option)> _options = [];

    public SettingOptions(Command command, params IReadOnlyList<Setting> settings)
    {
        foreach (var setting in settings)
        {
            var option = new Option<string?>(NameOf(setting))
            {
                Description = Description(setting),
                HelpName = Value(setting),
            };
            command.Options.Add(option);
            _options.Add((setting, option));
        }
    }

    /// <summary>The option of a setting: <c>--otlp-grpc-url</c> for <c>AGENTOBS_OTLP_GRPC_URL</c>.</summary>
    public static string NameOf(Setting setting) =>
        "--" + setting.Variable["AGENTOBS_".Length..].Replace('_', '-').ToLowerInvariant();

    /// <summary>
    /// Reads a name: what was typed, else the environment (<c>AGENTOBS_WEB_URL</c>, or the key as <c>AgentObs__WebUrl</c>).
    /// </summary>
    public Func<string, string?> Configuration(ParseResult parsed)
    {
        var typed = _options
            .Select(pair => KeyValuePair.Create(pair.Setting.Variable, parsed.GetValue(pair.Option)))
            .Where(pair => !string.IsNullOrEmpty(pair.Value));
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(typed).Build();
        return name => configuration[name];
    }

    private static string Description(Setting setting) => setting switch
    {
        _ when setting == Setting.WebUrl => $"Pages and API; {setting.Variable}, else {setting.Default}",
        _ when setting == Setting.OtlpGrpcUrl => $"OTLP over gRPC; {setting.Variable}, else {setting.Default}",
        _ when setting == Setting.OtlpHttpUrl => $"OTLP over HTTP; {setting.Variable}, else {setting.Default}",
        _ when setting == Setting.ClickHouseUrl => $"ClickHouse's HTTP protocol over the embedded engine; {setting.Variable}, else off; http://default:PASSWORD@127.0.0.1:8123",
        _ when setting == Setting.Database => $"Database; {setting.Variable}, else {setting.Default}",
        _ when setting == Setting.Fsync => $"Every commit waits for the disk (1) or not (0); {setting.Variable}, else {setting.Default}",
        _ when setting == Setting.RetentionDays => $"Days that telemetry is kept, like 90 or 90,logs=30, 0 for ever; {setting.Variable}, else {setting.Default}",
        _ when setting == Setting.RetentionGigabytes => $"Gigabytes that each of traces, logs and metrics may take, 0 for any; {setting.Variable}, else {setting.Default}",
        _ when setting == Setting.TelemetryUrl => $"Where AgentObs's own telemetry goes, OTLP over gRPC; {setting.Variable}, else none is made",
        _ when setting == Setting.ForwardUrl => $"An OTLP endpoint that what is stored is sent on to, without secrets; {setting.Variable}, else none",
        _ when setting == Setting.ForwardProtocol => $"grpc or http/protobuf; {setting.Variable}, else by the port (4317: grpc)",
        _ when setting == Setting.ForwardCertificate => $"PEM file with the CA of an https:// --forward-url, in place of the system's; {setting.Variable}, else the system's",
        _ => $"Data folder; {setting.Variable}, else {DataHome.Default}",
    };

    private static string Value(Setting setting) => setting switch
    {
        _ when setting == Setting.Data => "folder",
        _ when setting == Setting.Database => "name",
        _ when setting == Setting.Fsync => "0|1",
        _ when setting == Setting.ForwardProtocol => "protocol",
        _ when setting == Setting.ForwardCertificate => "file",
        _ when setting == Setting.RetentionDays || setting == Setting.RetentionGigabytes => "limits",
        _ => "url",
    };
}
