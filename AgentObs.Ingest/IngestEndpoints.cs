using AgentObs.Ingest.Writing;

namespace AgentObs.Ingest;

/// <summary><c>GET /api/ingest</c>.</summary>
internal static class IngestEndpoints
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/ingest", (IngestCounters counters, RowWriter writer) => counters.Summarize(writer.Budget)).WithName("GetIngest").WithTags("Ingest");
}
