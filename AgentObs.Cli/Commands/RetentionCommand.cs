using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AgentObs.Cli.Running;
using AgentObs.Conventions;
using Spectre.Console;

namespace AgentObs.Cli.Commands;

/// <summary><c>agentobs retention</c>: the limits, what is stored, and what was dropped.</summary>
internal sealed class RetentionCommand : Verb
{
    private const double Megabyte = 1e6;
    private const double Gigabyte = 1e9;

    private readonly SettingOptions _settings;

    public RetentionCommand()
        : base(
            "retention",
            "Shows how long and how much telemetry the running AgentObs keeps, and what it dropped.",
            "agentobs retention",
            "AGENTOBS_RETENTION_DAYS=90,logs=30 AGENTOBS_RETENTION_GB=20 agentobs serve   # the limits; 0 = none") =>
        _settings = new SettingOptions(this, Setting.WebUrl, Setting.Data);

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var api = new ApiClient(RunningAgentObs.Find(_settings.Configuration(parsed)));
        using var answer = await api.GetAsync("/api/retention", cancellation)
            ?? throw CommandException.Failed("this AgentObs knows no retention: it is an older version.");
        var console = Terminal.On(parsed.InvocationConfiguration.Output);
        var summary = answer.RootElement;
        var stored = new Table().AddColumns("signal", "kept for", "kept up to", "rows", "MB", "oldest receipt");
        foreach (var signal in summary.GetProperty("signals").EnumerateArray())
        {
            stored.AddRow(
                Text(signal, "signal"), Limit(signal, "maxDays", 1, "days"), Limit(signal, "maxBytes", Gigabyte, "GB"),
                Number(signal, "rows", 1), Number(signal, "bytes", Megabyte), Time(signal, "oldest"));
        }

        console.Write(stored);
        var dropped = new Table().AddColumns("dropped at", "signal", "because of", "rows", "MB", "received from", "to");
        foreach (var drop in summary.GetProperty("dropped").EnumerateArray())
        {
            dropped.AddRow(
                Time(drop, "at"), Text(drop, "signal"), Text(drop, "reason"), Number(drop, "rows", 1), Number(drop, "bytes", Megabyte),
                Time(drop, "oldest"), Time(drop, "newest"));
        }

        if (dropped.Rows.Count == 0)
        {
            console.WriteLine("Nothing was dropped.");
        }
        else
        {
            console.Write(dropped);
        }

        return ExitCode.Ok;
    }

    private static string Limit(JsonElement from, string name, double unit, string unitName) =>
        from.GetProperty(name).ValueKind == JsonValueKind.Null ? "no limit" : $"{Number(from, name, unit)} {unitName}";

    private static string Number(JsonElement from, string name, double unit) =>
        (from.GetProperty(name).GetDouble() / unit).ToString(unit > 1 ? "#,0.#" : "#,0", CultureInfo.InvariantCulture);

    // 2026-11-23T06:18:51.398000000Z: a row of a table needs the second, and fits 80 columns with it.
    private static string Time(JsonElement from, string name) =>
        Text(from, name) is [.., 'Z'] time && time.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? $"{time[..dot].Replace('T', ' ')}Z" : Text(from, name);

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString() ?? "-";
}
