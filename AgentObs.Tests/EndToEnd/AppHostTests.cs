using System.Diagnostics;
using System.Net;
using System.Text.Json;
using AgentObs.Tests.Cli;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.EndToEnd;

/// <summary>What <c>dotnet run --project AgentObs.AppHost</c> starts, as a process of its own.</summary>
public sealed class AppHostTests : IAsyncDisposable
{
    private const int Sigint = 2;
    private const int Sigterm = 15;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("agentobs-apphost-");
    private Process? _process;

    [Theory]
    [InlineData(Sigterm)]
    [InlineData(Sigint)]
    public async Task Starts_everything_and_stops_cleanly(int signal)
    {
        var cancel = TestContext.Current.CancellationToken;
        var process = Start();
        var firstLine = await process.StandardOutput.ReadLineAsync(cancel);
        Assert.Contains("topology 'embedded'", firstLine, StringComparison.Ordinal);
        Assert.Contains("-p:AgentObsTopology=containers", firstLine, StringComparison.Ordinal);

        var web = await WebAddressAsync(process, cancel);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(web, "/healthz"), cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(web, cancel)).StatusCode);

        AgentObsProgram.Signal(process, signal);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await process.WaitForExitAsync(patience.Token);

        Assert.Equal(0, process.ExitCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetAsync(new Uri(web, "/healthz"), cancel));
        Assert.False(File.Exists(EndpointsFile));
    }

    [Fact]
    public async Task A_killed_AppHost_does_not_leave_its_child_behind()
    {
        var cancel = TestContext.Current.CancellationToken;
        var process = Start();
        await WebAddressAsync(process, cancel);
        var child = JsonDocument.Parse(await File.ReadAllTextAsync(EndpointsFile, cancel)).RootElement.GetProperty("pid").GetInt32();
        using var served = Process.GetProcessById(child);

        process.Kill();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await served.WaitForExitAsync(patience.Token);
        Assert.True(served.HasExited);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _data.Delete(recursive: true);
    }

    private string EndpointsFile => Path.Combine(_data.FullName, "endpoints.json");

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [BuiltProgram.Path("AgentObs.AppHost", "AgentObs.AppHost.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = _data.FullName,
        };
        foreach (var variable in (string[])["AGENTOBS_WEB_URL", "AGENTOBS_OTLP_GRPC_URL", "AGENTOBS_OTLP_HTTP_URL"])
        {
            start.Environment[variable] = "http://127.0.0.1:0";
        }

        start.Environment["AGENTOBS_DATA"] = _data.FullName;
        _process = DefaultSignals.Start(start);
        return _process;
    }

    /// <summary>The page's address, from what is printed for people: the first http address once everything answers.</summary>
    private static async Task<Uri> WebAddressAsync(Process process, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var at)
            {
                return new Uri(line[at..].Split(' ')[0].Trim());
            }
        }

        throw new InvalidOperationException("The AppHost ended before it printed an address.");
    }
}
