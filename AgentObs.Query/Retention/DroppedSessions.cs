using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>
/// After rows of traces or log records were dropped: removes the links that lead nowhere, has the sessions that lost something projected
/// anew, and removes those of which nothing is left.
/// </summary>
internal sealed class DroppedSessions(
    ClickHouseStore store, SessionProjection projection, SessionProjector projector, ProjectionGate gate, LiveSessions live)
{
    /// <summary>A long queue of rebuilds is finished before rows that nobody rebuilt are taken for leftovers.</summary>
    private static readonly TimeSpan RebuildPatience = TimeSpan.FromMinutes(10);
    private static readonly SqlFile ListPendingRuns = Sql.Load("Retention/ListPendingRuns.sql");
    private static readonly SqlFile ListTracesLeft = Sql.Load("Retention/ListTracesLeft.sql");
    private static readonly SqlFile ReadVersion = Sql.Load("Retention/ReadVersion.sql");
    private static readonly SqlFile DropTraces = Sql.Load("Retention/DropTraces.sql");
    private static readonly SqlFile DropSessions = Sql.Load("Retention/DropSessions.sql");

    private static readonly SqlFile[] DropLinks =
    [
        .. new[]
        {
            "ForgetDead", "FindDeadTraces", "FindDeadRuns", "DropTraceRuns", "DropRunTraces", "FindForeignRuns", "DropForeignTraceRuns", "DropForeignRunTraces",
        }.Select(name => Sql.Load($"Retention/{name}.sql")),
    ];

    public async Task RewriteAsync(PendingDrop pending, CancellationToken ct)
    {
        var runs = await store.QueryAsync(ListPendingRuns, null, row => row.GetString(0), ct);
        ulong version;
        using (await gate.EnterAsync(ct))
        {
            version = (await store.QueryAsync(ReadVersion, null, row => row.Number(0), ct)).Single();
            if (pending.Signal.Name == "traces")
            {
                await store.ExecuteAsync(DropTraces, new Dictionary<string, object?> { ["cutoff"] = pending.Cutoff }, ct);
            }

            foreach (var statement in DropLinks)
            {
                await store.ExecuteAsync(statement, null, ct);
            }

            await projection.ReopenAsync(runs, await store.QueryAsync(ListTracesLeft, null, row => row.GetString(0), ct), ct);
        }

        await projector.CatchUpAsync(RebuildPatience, ct);
        using (await gate.EnterAsync(ct))
        {
            await store.ExecuteAsync(DropSessions, new Dictionary<string, object?> { ["version"] = version }, ct);
        }

        live.Changed(runs, 0);
    }
}
