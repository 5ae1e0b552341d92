namespace AgentObs.Query;

/// <summary>A row of agentobs_run_traces: the run was seen in the trace. Times in Unix nanoseconds of the sender's clock.</summary>
/// <param name="TraceId">Empty for log records without a trace.</param>
/// <param name="Rank">
/// Who may own the trace: 0 an interaction without parent, 1 Claude, 2 others, 3 launchers and programs. Lower wins, then the earlier. 4: it belongs with
/// the trace by its starter's or launcher's word; 5: by inference.
/// </param>
/// <param name="Agent">The <c>service.name</c> it was seen with.</param>
internal sealed record RunLink(string RunId, string TraceId, int Rank, long ClaimedAt, string Agent, long Start, long End)
{
    public const int HandedOver = 4;
    public const int Inferred = 5;

    public Claim Claim => new(Rank, ClaimedAt, RunId);

    public static RunLink Read(System.Data.Common.DbDataReader row) => new(
        row.GetString(0), row.GetString(1), (int)row.Number(2), row.GetInt64(3), row.GetString(4), row.GetInt64(5), row.GetInt64(6));
}
