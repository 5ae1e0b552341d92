using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>Builds the tree of one session from what is stored now.</summary>
internal sealed class SessionTrees(SessionLoader loader, TimeProvider time)
{
    public async Task<SessionTree> BuildAsync(SessionMembers session, bool folded, CancellationToken ct)
    {
        var built = SessionTreeBuilder.Build(await loader.LoadAsync(session, ct), folded);
        var state = SessionState.At(built.State, UnixNano.FromDateTimeOffset(time.GetUtcNow()));
        return new SessionTree(built.Session with { State = state }, built.Nodes);
    }
}
