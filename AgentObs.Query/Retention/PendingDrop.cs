namespace AgentObs.Query;

/// <summary>A drop that is under way. Times in Unix milliseconds.</summary>
/// <param name="Cutoff">What was received before goes.</param>
internal sealed record PendingDrop(RetentionSignal Signal, string Reason, long Cutoff, long At)
{
    public static PendingDrop Read(System.Data.Common.DbDataReader row) =>
        new(RetentionSignal.Of(row.GetString(0)), row.GetString(1), row.GetInt64(2), row.GetInt64(3));
}
