using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentObs.Query;

internal static class SessionEndpoints
{
    private const string IdHelp = "session.id, conversation.id, gen_ai.conversation.id or trace:<TraceId>";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/sessions", ListAsync)
            .WithName("ListSessions")
            .WithSummary("Outermost sessions, newest activity first")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/sessions/{id}", FindAsync)
            .WithName("GetSession")
            .WithSummary("One session; for the id of a run nested in a session: 404 that names it in sessionId")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/sessions/{id}/tree", TreeAsync)
            .WithName("GetSessionTree")
            .WithSummary("Its tree, parents before children")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/sessions/{id}/stitching", StitchingAsync)
            .WithName("GetSessionStitching")
            .WithSummary("What of its tree is unproven or missing, with node ids and reasons")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/sessions/{id}", DeleteAsync)
            .WithName("DeleteSession")
            .WithSummary("Deletes its spans, log records, metric points and all that was derived from them")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<SessionList>> ListAsync(
        SessionProjector projector,
        SessionReader reader,
        CancellationToken ct,
        [Description("Sessions with activity then or later")] string? from = null,
        [Description("Sessions that started then or earlier")] string? to = null,
        [Description("claude-code, codex, ...")] string? agent = null,
        [Description("Id of a task it worked on")] string? task = null,
        [Description("running, waiting, done, failed or unknown")] string? state = null,
        [Description("Text in title, repository, branch, task or id, in any case")] string? q = null,
        string? limit = null,
        string? cursor = null)
    {
        var search = SessionSearch.Parse(from, to, agent, task, state, q, limit, cursor);
        await projector.CatchUpAsync(ct);
        return TypedResults.Ok(await reader.ListAsync(search, ct));
    }

    private static async Task<Results<Ok<SessionSummary>, ProblemHttpResult>> FindAsync(
        [Description(IdHelp)] string id, SessionProjector projector, SessionReader reader, MissingSession missing, CancellationToken ct)
    {
        await projector.CatchUpAsync(ct);
        return await reader.FindAsync(id, ct) is { } session ? TypedResults.Ok(session) : await missing.AnswerAsync(id, ct);
    }

    private static async Task<Results<Ok<SessionTree>, ProblemHttpResult>> TreeAsync(
        [Description(IdHelp)] string id,
        SessionTrees trees,
        MissingSession missing,
        CancellationToken ct,
        [Description("false: every span has a node of its own")] string? folded = null)
    {
        var isFolded = Parameters.Flag("folded", folded, absent: true);
        var built = await trees.OfRunAsync(id, isFolded, ct);
        return built?.Session.Id == id ? TypedResults.Ok(new SessionTree(built.Session, built.Nodes)) : await missing.AnswerAsync(id, built, ct);
    }

    private static async Task<Results<Ok<StitchingReport>, ProblemHttpResult>> StitchingAsync(
        [Description(IdHelp)] string id, SessionTrees trees, MissingSession missing, CancellationToken ct)
    {
        var built = await trees.OfRunAsync(id, true, ct);
        return built?.Session.Id == id ? TypedResults.Ok(built.Stitching) : await missing.AnswerAsync(id, built, ct);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        [Description(IdHelp)] string id, SessionEraser eraser, SessionTrees trees, MissingSession missing, CancellationToken ct)
    {
        var built = await trees.OfRunAsync(id, true, ct);
        if (built is not null && built.Session.Id != id)
        {
            return await missing.AnswerAsync(id, built, ct);
        }

        return await eraser.EraseAsync(id, ct) ? TypedResults.NoContent() : await missing.AnswerAsync(id, built, ct);
    }
}
