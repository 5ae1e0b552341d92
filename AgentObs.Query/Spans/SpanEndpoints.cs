using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentObs.Query;

internal static class SpanEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/spans/{traceId}/{spanId}", FindAsync)
        .WithName("GetSpan")
        .WithSummary("One span with attributes, events, links and its log records")
        .Produces<SpanDetail>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<SpanDetail>, ProblemHttpResult>> FindAsync(
        [Description("32 hex digits")] string traceId,
        [Description("16 hex digits")] string spanId,
        SpanReader reader,
        CancellationToken ct)
    {
        var trace = Parameters.TraceId("traceId", traceId);
        var span = await reader.FindAsync(trace, Parameters.SpanId("spanId", spanId), ct);
        return span is null
            ? Problems.NotFound($"No span {spanId} was received in trace {traceId}")
            : TypedResults.Ok(span);
    }
}
