using System.Net;
using System.Net.Sockets;
using AgentObs.Cli;
using AgentObs.Conventions;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary><c>agentobs doctor</c> as a process, beside a real <c>agentobs serve</c>.</summary>
public sealed class DoctorTests(AgentObsProcess serve) : IClassFixture<AgentObsProcess>, IDisposable
{
    private readonly ScratchUser _user = new();

    [Fact]
    public async Task Where_AgentObs_runs_each_address_is_named_and_is_well()
    {
        var answer = DoctorAnswer.Read(await _user.DoctorAsync(serve, "--json"));

        Assert.Equal(1, answer.Format);
        var version = answer.Find("running.version");
        Assert.Equal("ok", version.Level);
        Assert.Contains($"{serve.Endpoints.Web} (embedded, pid {serve.Pid}", version.Found, StringComparison.Ordinal);
        Assert.Contains(serve.Endpoints.OtlpGrpc, answer.Find("running.otlp").Found, StringComparison.Ordinal);
        Assert.Contains("schema", answer.Find("storage.stored").Found, StringComparison.Ordinal);
        Assert.Contains("90 days", answer.Find("storage.stored").Found, StringComparison.Ordinal);
        Assert.All(["disk.room", "clock.senders"], id => Assert.Equal("ok", answer.Find(id).Level));
        Assert.Equal(answer.Findings.Count(finding => finding.Level == "problem"), answer.Problems);
        Assert.Equal(answer.Findings.Count(finding => finding.Level == "warning"), answer.Warnings);
        Assert.All(answer.Findings, finding => Assert.Equal(finding.Level == "ok", finding.Fix is null));
        Assert.Empty(answer.Skipped);
    }

    [Fact]
    public async Task Text_has_a_line_a_finding_and_a_summary_and_no_noise_beside_it()
    {
        _user.Program("claude", "echo '2.1.330 (Claude Code)'");

        var result = await _user.DoctorAsync(serve);

        Assert.Equal("", result.Error);
        Assert.Contains("ok       AgentObs ", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"(All is well|No problems|problem|warning)[^\n]*\.\n$", result.Output);
        Assert.InRange(result.Output.Split('\n').Length, 5, 40);
    }

    [Fact]
    public async Task Where_nothing_runs_the_exit_code_is_1_and_serve_is_the_fix()
    {
        using var free = new FreePort();
        foreach (var setting in (Setting[])[Setting.WebUrl, Setting.OtlpGrpcUrl, Setting.OtlpHttpUrl])
        {
            _user.Environment[setting.Variable] = free.Url;
        }

        var result = await _user.DoctorAsync(null, "--json");
        var answer = DoctorAnswer.Read(result);

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        var running = answer.Find("running.answers");
        Assert.Equal("problem", running.Level);
        Assert.EndsWith("serve", running.Fix, StringComparison.Ordinal);
        Assert.Contains(answer.Skipped, skipped => skipped.Area == "ingest");
        Assert.Equal("ok", answer.Find("storage.engine").Level);
    }

    [Fact]
    public async Task A_killed_AgentObs_leaves_a_trace_that_is_named()
    {
        var data = _user.Folder("data");
        await using (var killed = await AgentObsProcess.StartAsync(data))
        {
            await killed.KillAsync();
        }

        using var free = new FreePort();
        _user.Environment[Setting.WebUrl.Variable] = free.Url;
        _user.Environment[Setting.Data.Variable] = data;
        var running = DoctorAnswer.Read(await _user.DoctorAsync(null, "--json")).Find("running.answers");

        Assert.Contains(running.Evidence, line => line.Contains(EndpointsFile.PathIn(data), StringComparison.Ordinal) && line.Contains("killed or crashed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_another_program_holds_is_named_with_its_pid()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        using var free = new FreePort();
        _user.Environment[Setting.WebUrl.Variable] = free.Url;
        _user.Environment[Setting.OtlpHttpUrl.Variable] = free.Url;
        _user.Environment[Setting.OtlpGrpcUrl.Variable] = url;

        var taken = DoctorAnswer.Read(await _user.DoctorAsync(null, "--json")).Find("ports.taken");

        Assert.Equal("problem", taken.Level);
        Assert.Contains($"(pid {Environment.ProcessId})", taken.Found, StringComparison.Ordinal);
        Assert.Contains("AGENTOBS_OTLP_GRPC_URL=http://127.0.0.1:0", taken.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_default_port_that_somebody_else_holds_leads_to_setup()
    {
        using var listener = new TcpListener(IPAddress.Loopback, new Uri(Setting.OtlpGrpcUrl.Default).Port);
        try
        {
            listener.Start();
        }
        catch (SocketException)
        {
            // Somebody has it already, an AgentObs of this machine's user perhaps: that is what is looked for.
        }

        var taken = DoctorAnswer.Read(await _user.DoctorAsync(serve, "--json")).Find("ports.default");

        Assert.Equal("warning", taken.Level);
        Assert.StartsWith("Port 4317, where clients send by default", taken.Found, StringComparison.Ordinal);
        Assert.Contains($"setup   (points the agents to {serve.Endpoints.OtlpGrpc})", taken.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_its_own_is_told_apart_from_the_running_one()
    {
        using var free = new FreePort();
        _user.Environment[Setting.OtlpGrpcUrl.Variable] = free.Url;

        var result = await _user.DoctorAsync(serve, "--json");
        var otlp = DoctorAnswer.Read(result).Find("running.otlp");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Equal(("problem", "unset AGENTOBS_OTLP_GRPC_URL"), (otlp.Level, otlp.Fix));
        Assert.Contains(otlp.Evidence, line => line.Contains("nothing listens there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_token_is_the_finding_and_never_printed()
    {
        await using var closed = await AgentObsProcess.StartAsync(environment: new() { [Setting.Token.Variable] = "hush-hush" });
        var without = DoctorAnswer.Read(await _user.DoctorAsync(closed, "--json"));
        Assert.Contains("export AGENTOBS_TOKEN", without.Find("running.token").Fix, StringComparison.Ordinal);

        _user.Environment[Setting.Token.Variable] = "hush-hush";
        var with = await _user.DoctorAsync(closed, "--json");
        Assert.Equal("ok", DoctorAnswer.Read(with).Find("running.otlp").Level);
        Assert.DoesNotContain("hush-hush", with.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_others_can_read_is_a_warning_with_its_chmod()
    {
        var data = _user.Folder("open data");
        ScratchUser.Mode(data, "755");
        using var free = new FreePort();
        _user.Environment[Setting.WebUrl.Variable] = free.Url;
        _user.Environment[Setting.Data.Variable] = data;

        var mode = DoctorAnswer.Read(await _user.DoctorAsync(null, "--json")).Find("storage.mode");

        Assert.Equal(("warning", $"chmod 700 '{data}'"), (mode.Level, mode.Fix));
    }

    [Fact]
    public async Task A_data_folder_whose_owner_does_not_say_where_it_answers_is_named_with_the_pid()
    {
        await using var other = await AgentObsProcess.StartAsync();
        File.Delete(EndpointsFile.PathIn(other.DataFolder));
        using var free = new FreePort();
        _user.Environment[Setting.WebUrl.Variable] = free.Url;

        var locked = DoctorAnswer.Read(await _user.DoctorAsync(other, "--json")).Find("storage.locked");

        Assert.Equal("problem", locked.Level);
        Assert.StartsWith($"kill {other.Pid}", locked.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_refused_is_told_with_the_clients_words_and_the_fix()
    {
        using var content = new ByteArrayContent([0xff, 0xff]);
        content.Headers.ContentType = new("application/x-protobuf");
        using var refused = await serve.Http.PostAsync(new Uri(serve.OtlpHttp, "/v1/traces"), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        var ingest = DoctorAnswer.Read(await _user.DoctorAsync(serve, "--json")).Find("ingest.refused");

        Assert.Equal("problem", ingest.Level);
        Assert.Contains("Undecodable", ingest.Found, StringComparison.Ordinal);
        Assert.NotEmpty(ingest.Evidence);
    }

    public void Dispose() => _user.Dispose();
}
