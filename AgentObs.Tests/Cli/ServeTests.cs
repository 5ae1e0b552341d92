using System.Net;
using System.Net.Sockets;
using AgentObs.Cli;
using AgentObs.Conventions;

namespace AgentObs.Tests.Cli;

/// <summary><c>agentobs serve</c> as a process: start, files, signals, and what it says when it cannot start.</summary>
public sealed class ServeTests : IDisposable
{
    private const int Sigint = 2;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("agentobs-serve-");

    [Fact]
    public async Task Announced_addresses_answer_and_a_signal_ends_it_with_0()
    {
        await using var serve = await AgentObsProcess.StartAsync(_data.FullName);

        Assert.Equal("embedded", serve.Endpoints.Topology);
        Assert.Equal(serve.Pid, serve.Endpoints.Pid);
        Assert.Equal(HttpStatusCode.OK, (await serve.Http.GetAsync(new Uri("/healthz", UriKind.Relative), Cancellation)).StatusCode);
        Assert.Contains("<html", await serve.Http.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation), StringComparison.OrdinalIgnoreCase);
        foreach (var otlp in (Uri[])[serve.OtlpGrpc, serve.OtlpHttp])
        {
            using var client = new TcpClient();
            await client.ConnectAsync(otlp.Host, otlp.Port, Cancellation);
        }

        using var page = await serve.Http.GetAsync(new Uri(serve.OtlpHttp, "/"), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains(serve.Endpoints.Web, await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Ok, await serve.StopAsync());
        Assert.False(File.Exists(EndpointsFile.PathIn(_data.FullName)));
        Assert.Equal("", serve.ErrorText.Trim());
    }

    [Fact]
    public async Task All_that_it_writes_is_in_the_data_folder()
    {
        var home = Path.Combine(_data.FullName, "home");
        Directory.CreateDirectory(home);
        await using var serve = await AgentObsProcess.StartAsync(Path.Combine(_data.FullName, "data"), new() { ["HOME"] = home });
        Assert.Contains("<html", await serve.Http.GetStringAsync(new Uri("/sessions", UriKind.Relative), Cancellation), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Directory.EnumerateFileSystemEntries(home));
    }

    [Fact]
    public async Task Stops_within_seconds_although_an_event_stream_is_open()
    {
        await using var serve = await AgentObsProcess.StartAsync(_data.FullName);
        using var live = await serve.Http.GetAsync(new Uri("/api/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);

        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(ExitCode.Ok, await serve.StopAsync());

        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 5);
    }

    [Fact]
    public async Task Ctrl_C_followed_by_the_parents_sigterm_still_ends_in_order()
    {
        await using var serve = await AgentObsProcess.StartAsync(_data.FullName);
        using var process = System.Diagnostics.Process.GetProcessById(serve.Pid);

        AgentObsProgram.Signal(process, Sigint);

        Assert.Equal(ExitCode.Ok, await serve.StopAsync());
    }

    [Fact]
    public async Task The_end_of_standard_input_stops_it_where_a_parent_asks_for_that()
    {
        var result = await AgentObsProgram.RunAsync(["serve", "--until-stdin-closes"], AgentObsProcess.FreePorts(_data.FullName));

        Assert.Equal(ExitCode.Ok, result.ExitCode);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task A_taken_port_is_named_with_its_holder_and_the_way_round()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var result = await ServeAsync(new() { [Setting.OtlpGrpcUrl.Variable] = $"http://127.0.0.1:{port}" });

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains($"127.0.0.1:{port} (AGENTOBS_OTLP_GRPC_URL) is taken by", result.Error, StringComparison.Ordinal);
        Assert.Contains($"(pid {Environment.ProcessId})", result.Error, StringComparison.Ordinal);
        Assert.Contains("AGENTOBS_OTLP_GRPC_URL=http://127.0.0.1:0", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_of_a_running_AgentObs_leads_to_its_pages()
    {
        await using var serve = await AgentObsProcess.StartAsync(_data.FullName);

        var result = await ServeAsync(new() { [Setting.WebUrl.Variable] = serve.Endpoints.Web });

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains($"a running AgentObs (pid {serve.Pid}): its pages are at {serve.Endpoints.Web}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_on_the_data_folder_names_the_first()
    {
        await using var serve = await AgentObsProcess.StartAsync(_data.FullName);

        var result = await ServeAsync([]);

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains(_data.FullName, result.Error, StringComparison.Ordinal);
        Assert.Contains(serve.Pid.ToString(), result.Error, StringComparison.Ordinal);
        Assert.NotNull(EndpointsFile.Read(_data.FullName));
    }

    [Fact]
    public async Task Wrong_settings_are_exit_code_2()
    {
        var result = await ServeAsync(new() { [Setting.WebUrl.Variable] = "http://0.0.0.0:0" });

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("AGENTOBS_WEB_URL is 0.0.0.0:0, which other machines can reach", result.Error, StringComparison.Ordinal);
        Assert.Contains("AGENTOBS_TOKEN", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_name_that_is_none_is_exit_code_2()
    {
        var result = await ServeAsync(new() { [Setting.Database.Variable] = "otel; drop" });

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("AGENTOBS_CLICKHOUSE_DATABASE", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_fsync_setting_is_exit_code_2_and_names_its_values()
    {
        var result = await ServeAsync(new() { [Setting.Fsync.Variable] = "yes" });

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("AGENTOBS_FSYNC is 'yes'; it must be 1", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_engine_names_the_command_that_installs_it()
    {
        // A copy outside the repository, where no native/ folder is found, for a user whose data home is empty.
        var program = Directory.CreateDirectory(Path.Combine(_data.FullName, "program")).FullName;
        foreach (var file in Directory.GetFiles(AgentObsProgram.Folder))
        {
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        }

        var result = await ServeAsync(new() { ["XDG_DATA_HOME"] = _data.FullName, ["HOME"] = _data.FullName }, program);

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("agentobs engine install", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_leaves_nothing_in_the_way_of_the_next_start()
    {
        await using (var first = await AgentObsProcess.StartAsync(_data.FullName))
        {
            await first.KillAsync();
        }

        Assert.Null(EndpointsFile.Read(_data.FullName));
        await using var second = await AgentObsProcess.StartAsync(_data.FullName);
        Assert.Equal(ExitCode.Ok, await second.StopAsync());
    }

    [Fact]
    public async Task A_token_is_asked_for_by_pages_api_and_otlp()
    {
        await using var serve = await AgentObsProcess.StartAsync(_data.FullName, new() { [Setting.Token.Variable] = "secret" });
        using var empty = new ByteArrayContent([]);
        empty.Headers.ContentType = new("application/x-protobuf");

        Assert.Equal(HttpStatusCode.Unauthorized, (await serve.Http.GetAsync(new Uri("/api/sessions", UriKind.Relative), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await serve.Http.PostAsync(new Uri(serve.OtlpHttp, "/v1/traces"), empty, Cancellation)).StatusCode);

        var check = await AgentObsProgram.RunAsync(
            ["check"], new Dictionary<string, string>(serve.ClientEnvironment) { [Setting.Token.Variable] = "secret" });
        Assert.Equal(ExitCode.Ok, check.ExitCode);
    }

    public void Dispose() => _data.Delete(recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<CommandResult> ServeAsync(Dictionary<string, string> environment, string? program = null)
    {
        var all = AgentObsProcess.FreePorts(_data.FullName);
        foreach (var (name, value) in environment)
        {
            all[name] = value;
        }

        return AgentObsProgram.RunAsync(["serve"], all, program);
    }
}
