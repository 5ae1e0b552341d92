using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentObs.Query;

/// <summary>The answer about an id that is no outermost session: 404, which names the session where a run of one has the id.</summary>
internal sealed class MissingSession(SessionProjector projector, SessionReader reader, SessionTrees trees)
{
    public async Task<ProblemHttpResult> AnswerAsync(string id, CancellationToken ct) => await AnswerAsync(id, await trees.OfRunAsync(id, true, ct), ct);

    /// <param name="owner">The session that the links say the id is of.</param>
    public async Task<ProblemHttpResult> AnswerAsync(string id, BuiltSession? owner, CancellationToken ct)
    {
        var sessionId = owner?.Session.Id;
        if (sessionId is null)
        {
            // A subagent's id is in no link: only the projected trees have it.
            await projector.CatchUpAsync(ct);
            sessionId = await reader.OwnerOfRunAsync(id, ct);
        }

        return sessionId is null || sessionId == id ? Problems.NotFound($"No session {id} was received") : Problems.NestedRun(id, sessionId);
    }
}
