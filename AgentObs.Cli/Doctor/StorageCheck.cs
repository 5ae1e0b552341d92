using System.Globalization;
using AgentObs.Conventions;
using AgentObs.Query;
using AgentObs.Storage;
using AgentObs.Storage.Engine;

namespace AgentObs.Cli.Doctor;

/// <summary>Engine, data folder and who has it, what is stored and how long it is kept.</summary>
internal sealed class StorageCheck : DoctorCheck
{
    private const int ManyParts = 300;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public override string Area => "storage";

    public override string Subject => "storage";

    public override async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var findings = new List<Finding?>();
        if (!patient.IsContainers)
        {
            findings.Add(Engine(patient));
            findings.Add(Folder(patient));
            findings.Add(Holder(patient));
        }

        if (patient.Answers && patient.Stored is { } stored)
        {
            findings.AddRange(Read(stored, await patient.Api.ReadAsync<RetentionSummary>("/api/retention?limit=1", cancellation)));
        }

        return [.. findings.OfType<Finding>()];
    }

    private static Finding? Engine(Patient patient)
    {
        // The running one has its engine in memory.
        if (patient.Answers)
        {
            return null;
        }

        try
        {
            var location = EngineLocation.Resolve(patient.Machine.Variable(Setting.EngineLibrary.Variable) ?? "");
            return location.Path is { } path
                ? Finding.Ok("storage.engine", $"The engine {EnginePackage.Version} is installed: {patient.Machine.Short(path)}.")
                : Finding.Problem(
                    "storage.engine", $"The embedded engine {EnginePackage.Version} is not installed.", Invocation.Of("engine install"),
                    [.. location.Searched.Select(searched => $"looked for {searched}")]);
        }
        catch (StorageException error)
        {
            return Finding.Problem("storage.engine", error.Message, $"unset {Setting.EngineLibrary.Variable}; {Invocation.Of("engine install")}");
        }
    }

    private static Finding? Folder(Patient patient)
    {
        var folder = patient.DataFolder;
        if (!Directory.Exists(folder) || OperatingSystem.IsWindows())
        {
            return null;
        }

        var mode = File.GetUnixFileMode(folder);
        var text = $"{folder}: mode {Convert.ToString((int)mode, 8)}";
        if ((mode & Others) != 0)
        {
            return Finding.Warning("storage.mode", "Others on this machine can look into the data folder: prompts and commands are in it.", $"chmod 700 {Quoted(folder)}", text);
        }

        return (mode & UnixFileMode.UserWrite) == 0
            ? Finding.Problem("storage.mode", "The data folder cannot be written to.", $"chmod 700 {Quoted(folder)}", text)
            : null;
    }

    /// <summary>The holder of <c>agentobs.lock</c> writes its pid beside it; only what is alive and holds the lock is told of.</summary>
    private static Finding? Holder(Patient patient)
    {
        var pid = DataFolderHolder.Find(patient.DataFolder);
        return pid is null || patient.Written?.Pid == pid
            ? null
            : Finding.Problem(
                "storage.locked",
                string.Create(CultureInfo.InvariantCulture, $"The data folder is in use by pid {pid}, which does not say where it answers: it is starting, or hangs."),
                string.Create(CultureInfo.InvariantCulture, $"kill {pid}   (where it stays so; then {Invocation.Of("serve")})"),
                patient.DataFolder);
    }

    internal static IEnumerable<Finding?> Read(StoredSummary stored, RetentionSummary? retention)
    {
        var signals = retention?.Signals ?? [];
        var what = string.Join(", ", signals.Select(signal => Words.Count(signal.Rows, NameOf(signal.Signal))));
        var kept = retention is { Enabled: true } ? $"; {Kept(signals)}" : "";
        var crowded = stored.Tables.Where(table => table.Parts > ManyParts).ToList();
        return
        [
            Finding.Ok(
                "storage.stored",
                string.Create(CultureInfo.InvariantCulture, $"Stored: {what} ({Words.Size(stored.Tables.Sum(table => table.Bytes))}, schema {stored.Schema}{kept})."),
                [.. stored.Tables.Select(table => $"{table.Name}: {Words.Count(table.Rows, "row")}, {Words.Size(table.Bytes)}, {Words.Count(table.Parts, "part")}")]),
            crowded.Count == 0 ? null : Finding.Warning(
                "storage.parts", "Merges do not keep up: tables are in many small parts and reading slows down.",
                "set longer export intervals in the clients (OTEL_BSP_SCHEDULE_DELAY, OTEL_TRACES_EXPORT_INTERVAL)",
                [.. crowded.Select(table => $"{table.Name}: {table.Parts} parts")]),
            retention?.LastError is not { } error ? null : Finding.Problem(
                "storage.retention", $"Old telemetry could not be dropped: {error}", Invocation.Of("retention"), $"last check: {retention.LastCheck}"),
        ];
    }

    private static string Kept(IReadOnlyList<SignalRetention> signals) => signals.Select(LimitOf).Distinct().ToList() is [var one]
        ? $"kept {one}"
        : "kept " + string.Join("; ", signals.Select(signal => $"{signal.Signal} {LimitOf(signal)}"));

    private static string LimitOf(SignalRetention signal) => (signal.MaxDays, signal.MaxBytes) switch
    {
        (null, null) => "for ever",
        ({ } days, null) => Words.Count(days, "day"),
        (null, { } bytes) => $"up to {Words.Size(bytes)} a signal",
        ({ } days, { } bytes) => $"{Words.Count(days, "day")}, up to {Words.Size(bytes)} a signal",
    };

    private static string NameOf(string signal) => signal switch { "traces" => "span", "logs" => "log record", _ => "metric point" };

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;
}
