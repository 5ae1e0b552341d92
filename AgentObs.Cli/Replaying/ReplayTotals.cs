namespace AgentObs.Cli.Replaying;

/// <summary>What one recording put into the running AgentObs.</summary>
internal sealed record ReplayTotals(string Recording, int Requests, int Spans, int Logs, int Points, long Refused)
{
    public static ReplayTotals Sum(IEnumerable<ReplayTotals> all) => all.Aggregate(
        new ReplayTotals("all", 0, 0, 0, 0, 0),
        (sum, one) => new ReplayTotals(
            sum.Recording, sum.Requests + one.Requests,
            sum.Spans + one.Spans, sum.Logs + one.Logs, sum.Points + one.Points, sum.Refused + one.Refused));
}
