using System.Diagnostics;
using System.Globalization;
using AgentObs.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentObs.Tests.Storage;

/// <summary>What a second process does with a data folder: this assembly, started with <see cref="Verb"/>, a mode and the folder.</summary>
internal static class StorageProcess
{
    internal const string Verb = "storage-process";

    /// <summary>Opens, says <c>open</c>, closes when its input ends.</summary>
    internal const string Hold = "hold";

    /// <summary>Commits one row after another and says the number of each, until it is killed.</summary>
    internal const string Write = "write";

    /// <summary>Says how many rows <see cref="Write"/> has left, and their highest number.</summary>
    internal const string Count = "count";

    /// <summary>Provokes what the runtime makes exceptions of, with the engine at work, and says how often it was caught.</summary>
    internal const string Faults = "faults";

    /// <summary>Closes while one query runs and the result of another lies about half-read.</summary>
    internal const string Leave = "leave";

    /// <summary>Says of each trace: its id, its spans, its rows, and 1 where a link gives it to a session.</summary>
    internal const string Spans = "spans";

    /// <summary>Inserts a row with fsync on and says before and after it how many files and folders the engine has synced.</summary>
    internal const string Sync = "sync";

    /// <summary>As <see cref="Sync"/>, with fsync off.</summary>
    internal const string NoSync = "nosync";

    private static readonly SqlFile CreateRows = new("create", "CREATE TABLE IF NOT EXISTS rows (n UInt64) ENGINE = MergeTree ORDER BY n");
    private static readonly SqlFile InsertRow = new("insert", "INSERT INTO rows SELECT {n:UInt64}");
    private static readonly SqlFile CountRows = new("count", "SELECT concat(toString(count()), ' ', toString(max(n))) FROM rows");
    private static readonly SqlFile CountSpans = new("spans", """
        SELECT concat(TraceId, ' ', toString(uniqExact(SpanId)), ' ', toString(count()), ' ', toString(TraceId IN (SELECT TraceId FROM agentobs_run_traces)))
        FROM otel_traces GROUP BY TraceId
        """);
    private static readonly SqlFile CountSyncs = new("syncs", """
        SELECT concat(toString(sumIf(value, event = 'FileSync')), ' ', toString(sumIf(value, event = 'DirectorySync'))) FROM system.events
        """);
    private static readonly SqlFile Busy = new("busy", "SELECT sum(cityHash64(number)) FROM numbers(3000000)");

    internal static Process Start(string mode, string folder, string? workingDirectory = null, string? home = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? Path.GetTempPath(),
        };

        // Under `dotnet test` the process is testhost or dotnet itself.
        if (Path.GetFileNameWithoutExtension(start.FileName) != "AgentObs.Tests")
        {
            start.FileName = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "AgentObs.Tests.exe" : "AgentObs.Tests");
        }

        foreach (var argument in (string[])[Verb, mode, folder])
        {
            start.ArgumentList.Add(argument);
        }

        if (home is not null)
        {
            start.Environment["HOME"] = home;
        }

        return Process.Start(start)!;
    }

    internal static async Task<int> RunAsync(string mode, string folder)
    {
        var options = new StorageOptions { DataFolder = folder, FsyncInserts = mode == Sync, EngineLibrary = Environment.GetEnvironmentVariable("AGENTOBS_LIBCHDB") ?? "" };
        try
        {
            await using var store = await ClickHouseStore.OpenAsync(options, NullLoggerFactory.Instance, CancellationToken.None);
            await (mode switch
            {
                Hold => HoldAsync(),
                Write => WriteAsync(store),
                Count => CountAsync(store),
                Faults => FaultsAsync(store),
                Leave => LeaveAsync(store),
                Spans => SpansAsync(store),
                Sync or NoSync => SyncAsync(store),
                _ => throw new ArgumentException(mode),
            });
            return 0;
        }
        catch (StorageException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task HoldAsync()
    {
        await Console.Out.WriteLineAsync("open");
        await Console.In.ReadToEndAsync();
    }

    private static async Task WriteAsync(ClickHouseStore store)
    {
        await store.ExecuteAsync(CreateRows, null, CancellationToken.None);
        for (var n = 1UL; ; n++)
        {
            await store.ExecuteAsync(InsertRow, new Dictionary<string, object?> { ["n"] = n }, CancellationToken.None);
            await Console.Out.WriteLineAsync(n.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static async Task CountAsync(ClickHouseStore store)
    {
        var rows = await store.QueryAsync(CountRows, null, row => row.GetString(0), CancellationToken.None);
        await Console.Out.WriteLineAsync(rows[0]);
    }

    private static async Task SpansAsync(ClickHouseStore store)
    {
        foreach (var line in await store.QueryAsync(CountSpans, null, row => row.GetString(0), CancellationToken.None))
        {
            await Console.Out.WriteLineAsync(line);
        }
    }

    private static async Task SyncAsync(ClickHouseStore store)
    {
        await store.ExecuteAsync(CreateRows, null, CancellationToken.None);
        await CountAsync(CountSyncs);
        await store.ExecuteAsync(InsertRow, new Dictionary<string, object?> { ["n"] = 1UL }, CancellationToken.None);
        await CountAsync(CountSyncs);

        async Task CountAsync(SqlFile sql) =>
            await Console.Out.WriteLineAsync((await store.QueryAsync(sql, null, row => row.GetString(0), CancellationToken.None))[0]);
    }

    private static async Task FaultsAsync(ClickHouseStore store)
    {
        var queries = Enumerable.Range(0, 4).Select(_ => store.QueryAsync(Busy, null, row => row.GetValue(0), CancellationToken.None)).ToArray();
        var caught = 0;
        for (var i = 0; i < 2000; i++)
        {
            try
            {
                caught += Unlucky(i % 2 == 0 ? null : "", 0);
            }
            catch (Exception e) when (e is NullReferenceException or DivideByZeroException)
            {
                caught++;
            }
        }

        await Task.WhenAll(queries);
        await Console.Out.WriteLineAsync(caught.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task LeaveAsync(ClickHouseStore store)
    {
        var half = store.StreamAsync(new SqlFile("many", "SELECT number FROM numbers(100000000)"), null, row => row.GetValue(0), CancellationToken.None)
            .GetAsyncEnumerator();
        await half.MoveNextAsync();
        var endless = store.QueryAsync(
            new SqlFile("endless", "SELECT count() FROM numbers(1000000000000) WHERE cityHash64(number) = 1"), null, row => row.GetValue(0), CancellationToken.None);
        await store.QueryAsync(Busy, null, row => row.GetValue(0), CancellationToken.None);
        await store.DisposeAsync();
        await Task.WhenAny(endless);
        await Console.Out.WriteLineAsync("closed");
    }

    private static int Unlucky(string? text, int zero) => text!.Length / zero;
}
