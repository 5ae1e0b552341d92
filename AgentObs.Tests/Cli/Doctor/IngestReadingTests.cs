using AgentObs.Cli.Doctor;
using AgentObs.Conventions;
using AgentObs.Ingest;
using AgentObs.Ingest.Forwarding;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary>How the figures of <c>/api/ingest</c> are judged.</summary>
public sealed class IngestReadingTests
{
    private const string Then = "2026-11-23T02:00:00.000000000Z";
    private const long Hour = 3_600_000_000_000;

    [Theory]
    [InlineData(0, FindingLevel.Problem)]
    [InlineData(2 * Hour, FindingLevel.Warning)]
    public void A_refusal_is_a_problem_for_an_hour(long later, object level)
    {
        var refused = Assert.Single(IngestCheck.Read(Summary(("NotAllowed", 3)) with { Errors = [new ClientError("OTel-OTLP-Exporter-Rust/0.31.0", "traces", "NotAllowed", "send the token", 3, Then)] }, At(later)));

        Assert.Equal(("ingest.refused", level), (refused.Id, refused.Level));
        Assert.Contains("3 requests (NotAllowed)", refused.Found, StringComparison.Ordinal);
        Assert.Contains("Authorization=Bearer", refused.Fix, StringComparison.Ordinal);
        Assert.Contains("OTel-OTLP-Exporter-Rust/0.31.0, traces: send the token (3 times)", Assert.Single(refused.Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_queue_failed_commits_and_a_dead_target_of_forwarding_are_told_beside_what_is_well()
    {
        var summary = Summary() with
        {
            Queue = new QueueSummary(200, 256, 3, 900),
            Commits = [new CommitSummary("otel_traces", 9, 2, 100, 5, 9, 4)],
            Redactions = new RedactionSummary(2, new Dictionary<string, long> { ["github-token"] = 2 }),
            Forwarding = new ForwardSummary("http://127.0.0.1:9", "grpc", [new ForwardSignal("traces", 0, 0, 7, 0, 3, 0, 0)], true, "connection refused", Then),
        };

        var findings = IngestCheck.Read(summary, At(0)).ToList();

        Assert.Equal(["ingest.taken", "ingest.commits", "ingest.forwarding", "ingest.queue"], findings.Select(finding => finding.Id));
        Assert.Contains("2 secrets taken out", findings[0].Found, StringComparison.Ordinal);
        Assert.Contains("tried again: 3 times; dropped: 7 requests", findings[2].Evidence);
    }

    [Theory]
    [InlineData(100, 100, true)]
    [InlineData(100, 20, false)]
    [InlineData(3, 3, false)]
    public void What_comes_round_is_told(long records, long repeated, bool isTold)
    {
        var summary = Summary() with { Forwarding = new ForwardSummary("http://h:4317", "grpc", [new ForwardSignal("logs", 9, 0, 0, 0, 0, records, repeated)], false, "", "") };
        var circle = IngestCheck.Read(summary, At(0)).SingleOrDefault(finding => finding.Id == "ingest.circle");
        Assert.Equal(isTold ? FindingLevel.Warning : null, circle?.Level);
        Assert.Equal(isTold, circle?.Fix?.Contains("AGENTOBS_FORWARD_URL", StringComparison.Ordinal) ?? false);
    }

    private static UnixNano At(long later) => UnixNano.TryParse(Then, out var then) ? then.Plus(later + 1) : throw new InvalidOperationException(Then);

    private static IngestSummary Summary(params (string Reason, long Count)[] refused) => new(
        [new SignalSummary("traces", 5, 0, 50, 0, 500, 0, 0, refused.ToDictionary(pair => pair.Reason, pair => pair.Count))],
        new QueueSummary(0, 256, 0, 0), [], 1, new Dictionary<string, long>(), new RedactionSummary(0, new Dictionary<string, long>()), []);
}
