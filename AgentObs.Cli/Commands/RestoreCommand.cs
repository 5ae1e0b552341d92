using System.CommandLine;
using System.Globalization;
using AgentObs.Cli.Running;
using AgentObs.Conventions;

namespace AgentObs.Cli.Commands;

/// <summary><c>agentobs restore FILE</c>: a backup back into the running AgentObs.</summary>
internal sealed class RestoreCommand : Verb
{
    private readonly Argument<string> _file;
    private readonly Option<bool> _replace;
    private readonly SettingOptions _settings;

    public RestoreCommand()
        : base(
            "restore",
            "Restores a file of `agentobs backup` into the running AgentObs; one of an older version is brought up to date.",
            "agentobs restore agentobs-20261122-1337.tar.gz",
            "agentobs restore agentobs-20261122-1337.tar.gz --replace   # what is stored goes")
    {
        _file = new Argument<string>("file") { Description = "A file that `agentobs backup` wrote" };
        Arguments.Add(_file);
        _replace = With(new Option<bool>("--replace") { Description = "Replace what is stored" });
        _settings = new SettingOptions(this, Setting.WebUrl, Setting.Data);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var file = Path.GetFullPath(parsed.GetRequiredValue(_file));
        var running = RunningAgentObs.Find(_settings.Configuration(parsed));
        using var transfer = new BackupTransfer(running, parsed.InvocationConfiguration.Error);
        try
        {
            await using var from = File.OpenRead(file);
            if (!await IsGzipAsync(from, cancellation))
            {
                // Before AgentObs asks whether what is stored may go.
                throw CommandException.Failed($"{file} is no backup of AgentObs: it is not a gzip file. Nothing was changed.", Invocation.Of("restore --help"));
            }

            await transfer.SendAsync(from, parsed.GetValue(_replace), cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage(
                Directory.Exists(file) ? $"{file} is a folder. Give the file that backup wrote." : $"{file} cannot be read: {error.Message}",
                Invocation.Of("restore --help"));
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync(
            $"{file} is restored: {await StoredAsync(running, cancellation)} (what was sent twice counts twice until it is merged). What was received before the limit of {Setting.RetentionDays.Variable} is dropped within the hour: {Invocation.Of("retention")} shows it.");
        return ExitCode.Ok;
    }

    /// <summary>RFC 1952: 1f 8b.</summary>
    private static async Task<bool> IsGzipAsync(FileStream file, CancellationToken cancellation)
    {
        var start = new byte[2];
        var length = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        file.Position = 0;
        return length == start.Length && start[0] == 0x1f && start[1] == 0x8b;
    }

    /// <summary><c>1,230 spans, 88 log records, 40 metric points</c>: rows as they are stored, of which readers take one of equal ones.</summary>
    private static async Task<string> StoredAsync(RunningAgentObs running, CancellationToken cancellation)
    {
        using var api = new ApiClient(running);
        using var storage = await api.GetAsync("/api/storage", cancellation);
        var rows = storage?.RootElement.GetProperty("tables").EnumerateArray()
            .ToDictionary(table => table.GetProperty("name").GetString()!, table => table.GetProperty("rows").GetInt64()) ?? [];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{rows.GetValueOrDefault("otel_traces"):#,0} spans, {rows.GetValueOrDefault("otel_logs"):#,0} log records, "
            + $"{rows.Where(table => table.Key.StartsWith("otel_metrics", StringComparison.Ordinal)).Sum(table => table.Value):#,0} metric points");
    }
}
