using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentObs.Query;

internal static class TraceEndpoints
{
    // Only the traces' sessionId comes from the projection.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/traces", ListAsync)
            .WithName("ListTraces")
            .WithSummary("Traces, newest start first")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/traces/{traceId}", FindAsync)
            .WithName("GetTrace")
            .WithSummary("Every span of a trace, by start")
            .Produces<TraceDetail>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<TraceList>> ListAsync(
        SessionProjector projector,
        TraceReader reader,
        CancellationToken ct,
        [Description("service.name of one of its spans")] string? service = null,
        [Description("Text in a span's name, prompt, command, file, tool or error, in any case; or a trace id")] string? q = null,
        [Description("Traces that started then or later")] string? from = null,
        [Description("Traces that started then or earlier")] string? to = null,
        [Description("true: only traces with a failed span")] string? errors = null,
        string? limit = null,
        string? cursor = null)
    {
        var search = TraceSearch.Parse(service, q, from, to, errors, limit, cursor);
        await projector.CatchUpAsync(Patience, ct);
        return TypedResults.Ok(await reader.ListAsync(search, ct));
    }

    private static async Task<IResult> FindAsync(
        [Description("32 hex digits")] string traceId, SpanReader spans, LogReader logs, ILoggerFactory loggers, CancellationToken ct)
    {
        var trace = Parameters.TraceId("traceId", traceId);
        var logsBySpan = await logs.OfTraceAsync(trace, ct);
        var rows = spans.OfTraceAsync(trace, ct).GetAsyncEnumerator(ct);
        if (await rows.MoveNextAsync())
        {
            return new TraceStream(trace, rows, logsBySpan, loggers.CreateLogger<TraceStream>());
        }

        await rows.DisposeAsync();
        return Problems.NotFound($"No span of trace {traceId} was received");
    }
}
