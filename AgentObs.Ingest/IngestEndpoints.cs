using AgentObs.Ingest.Forwarding;
using AgentObs.Ingest.Writing;
using AgentObs.Storage;

namespace AgentObs.Ingest;

/// <summary><c>GET /api/ingest</c>.</summary>
internal static class IngestEndpoints
{
    private static readonly SqlFile ReadActiveParts = SqlFile.Load(typeof(IngestEndpoints).Assembly, "ReadActiveParts.sql");

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/ingest", SummarizeAsync).WithName("GetIngest").WithTags("Ingest");

    private static async Task<IngestSummary> SummarizeAsync(
        IngestCounters counters, RowWriter writer, OtlpEndpoints endpoints, Forwarder forwarder, ClickHouseStore store, CancellationToken cancellation)
    {
        var parts = await ReadPartsAsync(store, cancellation);
        var commits = writer.SummarizeCommits().Select(c => c with { ActiveParts = parts?.GetValueOrDefault(c.Table) }).ToList();
        return counters.Summarize(writer.SummarizeQueue(), commits, endpoints.Connections) with { Forwarding = forwarder.Summarize() };
    }

    /// <summary>Null where storage does not answer: the other figures are wanted then most of all.</summary>
    private static async Task<Dictionary<string, long>?> ReadPartsAsync(ClickHouseStore store, CancellationToken cancellation)
    {
        try
        {
            var rows = await store.QueryAsync(ReadActiveParts, null, row => (row.GetString(0), (long)(ulong)row.GetValue(1)), cancellation);
            return rows.ToDictionary(r => r.Item1, r => r.Item2);
        }
        catch (StorageException)
        {
            return null;
        }
    }
}
