using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>Builds the tree of one session from what is stored now.</summary>
internal sealed class SessionTrees(SessionLoader loader, TimeProvider time)
{
    /// <returns>Null where the rows make no session: a resumed Claude sends its first records with an id that is never used again.</returns>
    public async Task<SessionTree?> BuildAsync(SessionMembers session, bool folded, CancellationToken ct)
    {
        if (SessionTreeBuilder.Build(await loader.LoadAsync(session, ct), folded) is not { } built)
        {
            return null;
        }

        var state = CurrentState.At(built.State, UnixNano.FromDateTimeOffset(time.GetUtcNow()));
        return new SessionTree(built.Session with { State = state }, built.Nodes);
    }
}
