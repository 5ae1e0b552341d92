using AgentObs.Cli;
using AgentObs.Cli.Doctor;

namespace AgentObs.Tests.Cli.Doctor;

public sealed class ExaminerTests : IDisposable
{
    private readonly ScratchUser _user = new();

    [Fact]
    public async Task What_fails_or_hangs_in_one_check_is_a_finding_of_that_one()
    {
        var well = new Check("well", _ => Task.FromResult<IReadOnlyList<Finding>>([Finding.Ok("well.one", "It is.")]));
        var broken = new Check("broken", _ => throw new InvalidOperationException("of no use"));
        var refused = new Check("refused", _ => throw CommandException.Failed("nobody is there.", "agentobs serve"));
        var hanging = new Check("hanging", async cancellation =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return [];
        });
        var told = new List<int>();

        var report = new DoctorReport(await new Examiner(well, [broken, hanging, refused, well]).RunAsync(
            _user.Patient(), open => told.Add(open.Count), TestContext.Current.CancellationToken));

        Assert.Equal(
            [("well.one", FindingLevel.Ok), ("broken.failed", FindingLevel.Warning), ("hanging.timeout", FindingLevel.Warning), ("refused.failed", FindingLevel.Problem), ("well.one", FindingLevel.Ok)],
            report.Findings.Select(finding => (finding.Id, finding.Level)));
        Assert.Equal("agentobs serve", report.Findings.Single(finding => finding.Id == "refused.failed").Fix);
        Assert.Equal(ExitCode.Failed, report.ExitCode);
        Assert.Equal(0, told[^1]);
        Assert.Equal("1 problem, 2 warnings.", report.Summary);
    }

    [Fact]
    public async Task What_sends_something_waits_until_all_others_have_looked()
    {
        var looked = 0;
        var look = new Check("look", async cancellation =>
        {
            await Task.Yield();
            Interlocked.Increment(ref looked);
            return [];
        });
        var send = new Check("send", _ => Task.FromResult<IReadOnlyList<Finding>>([Finding.Ok("send.one", $"after {looked}")]), sends: true);

        var examinations = await new Examiner(look, [look, look, send]).RunAsync(_user.Patient(), _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal("after 3", Assert.Single(examinations[^1].Findings).Found);
    }

    [Fact]
    public async Task A_check_that_needs_the_api_is_left_out_where_none_answers()
    {
        var check = new Check("api", _ => throw new InvalidOperationException("must not run"), needsApi: true);

        var examinations = await new Examiner(check, []).RunAsync(_user.Patient(), _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal("AgentObs does not answer", Assert.Single(examinations).Skipped);
    }

    [Theory]
    [InlineData(60L << 20, FindingLevel.Problem)]
    [InlineData(1_000_000_000, FindingLevel.Warning)]
    [InlineData(50_000_000_000, FindingLevel.Ok)]
    public void Room_on_the_disk_is_judged_by_what_the_engine_keeps_free(long free, object level) =>
        Assert.Equal(level, DiskCheck.Judge("/data", free, 100_000_000_000).Level);

    public void Dispose() => _user.Dispose();

    private sealed class Check(string area, Func<CancellationToken, Task<IReadOnlyList<Finding>>> run, bool needsApi = false, bool sends = false) : DoctorCheck
    {
        public override string Area => area;

        public override string Subject => area;

        public override bool NeedsApi => needsApi;

        public override bool Sends => sends;

        public override TimeSpan Limit => TimeSpan.FromMilliseconds(200);

        public override Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation) => run(cancellation);
    }
}
