using AgentObs.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentObs.Ingest;

/// <summary>
/// <c>AgentObs.Ingest migrate</c>: the container topology's first step. The stock collector looks once, at its start, for a column of
/// otel_logs, so ClickHouse and the tables must be there before it.
/// </summary>
internal static class SchemaMigration
{
    private const int UsageError = 2;

    /// <summary>Applies the schema to the server of AGENTOBS_CLICKHOUSE_URL. 0 when it is there, 1 when it could not be applied.</summary>
    public static async Task<int> RunAsync(IConfiguration configuration, CancellationToken cancellation)
    {
        try
        {
            var options = StorageOptions.FromServer(name => configuration[name]);
            await using var store = await ClickHouseStore.OpenAsync(options, NullLoggerFactory.Instance, cancellation);
            await Console.Out.WriteLineAsync($"Database {store.Database}: the schema is up to date.");
            return 0;
        }
        catch (StorageException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary>Says what this program is for.</summary>
    public static int Explain()
    {
        Console.Error.WriteLine("AgentObs.Ingest migrate    apply the schema to the ClickHouse server of AGENTOBS_CLICKHOUSE_URL, then exit");
        Console.Error.WriteLine("To receive telemetry on this machine run: agentobs serve");
        return UsageError;
    }
}
