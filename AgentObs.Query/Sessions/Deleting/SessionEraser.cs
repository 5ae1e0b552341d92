using AgentObs.Conventions;
using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>
/// Deletes a session: its spans and log records, the metric points and strays that are its own, links and derived rows. Afterwards the same
/// telemetry can come again. What is deleted last is what finds the rest, so that a deletion that broke off can be repeated.
/// </summary>
internal sealed class SessionEraser(
    ClickHouseStore store, SessionLinks links, StrayReader strays, ProjectionGate gate, LiveSessions live, ILogger<SessionEraser> logger)
{
    private static readonly string[] SignalTables =
    [
        TableNames.Traces, TableNames.Logs, TableNames.MetricsGauge, TableNames.MetricsSum, TableNames.MetricsSummary,
        TableNames.MetricsHistogram, TableNames.MetricsExponentialHistogram,
    ];

    private static readonly SqlFile[] Statements =
    [
        .. new[]
        {
            "DeleteSpans", "DeleteLogs", "DeleteMetricsGauge", "DeleteMetricsSum", "DeleteMetricsSummary", "DeleteMetricsHistogram",
            "DeleteMetricsExponentialHistogram", "DeleteTraces", "DeleteSessions", "DeleteTraceRuns", "DeleteRunTraces",
        }.Select(name => Sql.Load($"Sessions/Deleting/{name}.sql")),
    ];

    /// <param name="sessionId">The session's id, or that of any run in it.</param>
    /// <returns>False where nothing of it was received.</returns>
    public async Task<bool> EraseAsync(string sessionId, CancellationToken ct)
    {
        using var turn = await gate.EnterAsync(ct);
        if (await links.OfRunAsync(sessionId, ct) is not { } session)
        {
            return false;
        }

        var fits = await strays.OfSessionAsync(session, ct);
        var traces = session.TraceIds.Concat(fits.Select(fit => fit.Stray.TraceId)).ToArray();
        var runs = session.RunIds.ToArray();

        // From here on it runs to its end: half a session would show.
        foreach (var statement in Statements)
        {
            await store.ExecuteAsync(statement, Bind(statement, runs, traces), CancellationToken.None);
        }

        await store.ForgetInsertsAsync(SignalTables, CancellationToken.None);
        live.Changed(runs, 0);
        Log.SessionDeleted(logger, sessionId, runs.Length, traces.Length);
        return true;
    }

    private static Dictionary<string, object?> Bind(SqlFile statement, string[] runs, string[] traces)
    {
        var bound = new Dictionary<string, object?>();
        if (statement.Text.Contains("{runs:", StringComparison.Ordinal))
        {
            bound["runs"] = runs;
        }

        if (statement.Text.Contains("{traces:", StringComparison.Ordinal))
        {
            bound["traces"] = traces;
        }

        return bound;
    }
}
