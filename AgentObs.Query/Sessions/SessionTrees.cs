using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>Builds the tree of one session from what is stored now.</summary>
internal sealed class SessionTrees(SessionLoader loader, SessionLinks links, TimeProvider time)
{
    /// <summary>The session that a run belongs to, with the id that its tree decides.</summary>
    /// <returns>Null where the rows make no session: a resumed Claude sends its first records with an id that is never used again.</returns>
    public async Task<BuiltSession?> OfRunAsync(string runId, bool folded, CancellationToken ct)
    {
        if (await links.OfRunAsync(runId, ct) is not { } members || SessionTreeBuilder.Build(await loader.LoadAsync(members, ct), folded) is not { } built)
        {
            return null;
        }

        var state = CurrentState.At(built.State, UnixNano.FromDateTimeOffset(time.GetUtcNow()));
        return built with { Session = built.Session with { State = state } };
    }
}
