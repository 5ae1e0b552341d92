using AgentObs.Cli.Doctor;
using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary>How the answer of <c>/api/clients</c> is judged.</summary>
public sealed class TelemetryReadingTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly ScratchUser _user = new ScratchUser().WithRightSettings();

    [Fact]
    public void Who_was_never_heard_is_told()
    {
        Assert.Equal(["telemetry.none"], Read());
        Assert.Equal(["telemetry.none"], Read(Client("agentobs-doctor", 3, 0)));
        Assert.Equal(["telemetry.heard", "telemetry.silent"], Read(Client("claude-code", 9, 9)));
        Assert.Equal(["telemetry.heard"], Read(Client("claude-code", 9, 9), Client("codex", 9, 9), Client("shop", 9, 0)));
    }

    [Theory]
    [InlineData("claude-code", "setup claude")]
    [InlineData("codex", "setup codex")]
    public void Spans_without_log_records_are_told_of_agents_that_send_both(string client, string fix)
    {
        var missing = TelemetryCheck.Missing(Client(client, 9, 0))!;
        Assert.Equal(("telemetry.no-logs", FindingLevel.Warning), (missing.Id, missing.Level));
        Assert.Contains(fix, missing.Fix, StringComparison.Ordinal);
        Assert.Null(TelemetryCheck.Missing(Client(client, 9, 1)));
    }

    [Theory]
    [InlineData(-6, "ahead")]
    [InlineData(601, "behind")]
    [InlineData(-4, null)]
    [InlineData(599, null)]
    public void A_senders_clock_is_told_where_its_times_are_not_those_of_their_receipt(long delay, string? expected)
    {
        var found = ClockCheck.Judge(Client("codex", 9, 9) with { DelayNano = delay * Second });
        Assert.Equal(expected is null, found is null);
        Assert.Contains(expected ?? "", found?.Found ?? "", StringComparison.Ordinal);
    }

    public void Dispose() => _user.Dispose();

    private static ClientSummary Client(string name, long spans, long logs) => new(name, [name], spans, logs, 0, 0, 0, new UnixNano(Second), null, null, null);

    private List<string> Read(params ClientSummary[] clients) => [.. TelemetryCheck.Read(new ClientList(new UnixNano(0), clients), _user.Patient()).Select(finding => finding.Id)];
}
