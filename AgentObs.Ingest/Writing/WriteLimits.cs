namespace AgentObs.Ingest.Writing;

/// <summary>Bounds of the writer.</summary>
/// <param name="QueueBytes">Bodies and rows held at once; over it requests are refused with "try again".</param>
/// <param name="MinCommitInterval">
/// Least time between the starts of two commits of one table. A commit is a part on disk: 50 ms is 20 a second at most, whatever arrives,
/// and background merges keep up with that. The first request after a pause does not wait. (Curve: docs/benchmarks.md, "Time between commits".)
/// </param>
/// <param name="MaxCommitRows">Rows of one commit. The engine's cost a row falls until about 10,000 and is flat from there (curve: docs/benchmarks.md, "Rows a commit").</param>
/// <param name="MaxCommitBytes">Bytes of one commit; the engine holds them in memory.</param>
internal sealed record WriteLimits(
    long QueueBytes = 256L * 1024 * 1024, TimeSpan MinCommitInterval = default, int MaxCommitRows = 50_000, long MaxCommitBytes = 64L * 1024 * 1024)
{
    public static readonly TimeSpan DefaultCommitInterval = TimeSpan.FromMilliseconds(50);

    public TimeSpan MinCommitInterval { get; init; } = MinCommitInterval == default ? DefaultCommitInterval : MinCommitInterval;
}
