using AgentObs.Cli.Doctor;
using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary>How the tree of the probe's own session is judged; that it is right with a running AgentObs, <see cref="NestingTests"/> say.</summary>
public sealed class LiveReadingTests : IDisposable
{
    private readonly ScratchUser _user = new();

    [Theory]
    [InlineData(false, "serve --verbose")]
    [InlineData(true, "docker compose logs collector query")]
    public void What_was_taken_and_is_not_shown_is_a_problem_with_the_log_to_read(bool containers, string fix)
    {
        var patient = _user.Patient();
        patient.Stored = new StoredSummary("0.1.0", containers ? "containers" : "embedded", "26.7", "otel", 26, []);

        var found = LiveProbe.Judge(null, "agentobs-doctor-0123", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, patient);

        Assert.Equal(("live.shown", FindingLevel.Problem), (found.Id, found.Level));
        Assert.EndsWith(fix, found.Fix, StringComparison.Ordinal);
        Assert.Equal([$"{Setting.WebUrl.Default}/api/sessions/agentobs-doctor-0123/tree", "404"], found.Evidence);
    }

    public void Dispose() => _user.Dispose();
}
