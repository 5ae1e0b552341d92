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
            var option = new Option<string?>(NameOf(setting)) { Description = Description(setting), HelpName = setting == Setting.Data ? "folder" : "url" };
            command.Options.Add(option);
            _options.Add((setting, option));
        }
    }

    /// <summary>The option of a setting: <c>--otlp-grpc-url</c> for <c>AGENTOBS_OTLP_GRPC_URL</c>.</summary>
    public static string NameOf(Setting setting) =>
        "--" + setting.Variable["AGENTOBS_".Length..].Replace('_', '-').ToLowerInvariant();

    /// <summary>What was typed, by variable name.</summary>
    public Dictionary<string, string?> Typed(ParseResult parsed) => _options
        .Select(pair => (pair.Setting.Variable, Value: parsed.GetValue(pair.Option)))
        .Where(pair => !string.IsNullOrEmpty(pair.Value))
        .ToDictionary(pair => pair.Variable, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Reads a variable as typed, else from the environment.</summary>
    public Func<string, string?> Configuration(ParseResult parsed)
    {
        var typed = Typed(parsed);
        return name => typed.TryGetValue(name, out var value) ? value : Environment.GetEnvironmentVariable(name);
    }

    private static string Description(Setting setting) => setting switch
    {
        _ when setting == Setting.WebUrl => $"Pages and API; {setting.Variable}, else {setting.Default}",
        _ when setting == Setting.OtlpGrpcUrl => $"OTLP over gRPC; {setting.Variable}, else {setting.Default}",
        _ when setting == Setting.OtlpHttpUrl => $"OTLP over HTTP; {setting.Variable}, else {setting.Default}",
        _ => $"Data folder; {setting.Variable}, else {DataHome.Default}",
    };
}
