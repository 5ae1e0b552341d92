using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentObs.Query;

internal static class LogEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/logs", ListAsync)
        .WithName("ListLogs")
        .WithSummary("Log records, newest first")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Ok<LogList>> ListAsync(
        LogReader reader,
        CancellationToken ct,
        [Description("Id of a session (all its runs) or of one nested run")] string? session = null,
        [Description("Trace id")] string? trace = null,
        [Description("Span id")] string? span = null,
        [Description("Event name as it was sent: codex.tool_result, api_request")] string? @event = null,
        [Description("This severity and above: trace, debug, info, warn, error, fatal")] string? severity = null,
        [Description("Text in the body or in an attribute's value, in any case")] string? q = null,
        string? from = null,
        string? to = null,
        string? limit = null,
        string? cursor = null) =>
        TypedResults.Ok(await reader.ListAsync(LogSearch.Parse(session, trace, span, @event, severity, q, from, to, limit, cursor), ct));
}
