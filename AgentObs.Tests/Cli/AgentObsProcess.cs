using System.Diagnostics;
using System.Text;
using AgentObs.Conventions;

namespace AgentObs.Tests.Cli;

/// <summary>
/// A running <c>agentobs serve</c> on free ports, with a data folder of its own: the real process over the real engine.
/// As an <c>IClassFixture</c> one serves all tests of a class; <see cref="StartAsync"/> starts one for a single test.
/// </summary>
public sealed class AgentObsProcess : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly StringBuilder _error = new();
    private readonly bool _ownsDataFolder;
    private readonly Dictionary<string, string> _environment;
    private Process? _process;
    private HttpClient? _http;

    public AgentObsProcess()
        : this(dataFolder: null, [])
    {
    }

    private AgentObsProcess(string? dataFolder, Dictionary<string, string> environment)
    {
        _ownsDataFolder = dataFolder is null;
        DataFolder = dataFolder ?? Directory.CreateTempSubdirectory("agentobs-test-").FullName;
        _environment = FreePorts(DataFolder);
        foreach (var (name, value) in environment)
        {
            _environment[name] = value;
        }
    }

    public string DataFolder { get; }

    public Uri Web => new(Endpoints.Web);

    public Uri OtlpGrpc => new(Endpoints.OtlpGrpc);

    public Uri OtlpHttp => new(Endpoints.OtlpHttp);

    public Endpoints Endpoints { get; private set; } = null!;

    public int Pid => _process!.Id;

    /// <summary>What it wrote to stderr so far.</summary>
    public string ErrorText
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    /// <summary>A client of its pages and API.</summary>
    public HttpClient Http => _http!;

    /// <summary>Variables with which another command finds this one through its data folder.</summary>
    public IReadOnlyDictionary<string, string> ClientEnvironment => new Dictionary<string, string> { [Setting.Data.Variable] = DataFolder };

    /// <param name="dataFolder">An existing one stays after the process; null makes one that is removed with it.</param>
    /// <param name="environment">More variables, or others than port 0.</param>
    public static async Task<AgentObsProcess> StartAsync(string? dataFolder = null, Dictionary<string, string>? environment = null)
    {
        var process = new AgentObsProcess(dataFolder, environment ?? []);
        try
        {
            await process.InitializeAsync();
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Settings of a process that disturbs no other: free ports, this data folder.</summary>
    public static Dictionary<string, string> FreePorts(string dataFolder) => new()
    {
        [Setting.WebUrl.Variable] = "http://127.0.0.1:0",
        [Setting.OtlpGrpcUrl.Variable] = "http://127.0.0.1:0",
        [Setting.OtlpHttpUrl.Variable] = "http://127.0.0.1:0",
        [Setting.Data.Variable] = dataFolder,
    };

    public async ValueTask InitializeAsync()
    {
        _process = AgentObsProgram.Start(["serve"], _environment);
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
            {
                _error.AppendLine(line.Data);
            }
        };
        _process.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(StartLimit);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is var line && line?.Contains("AgentObs is running", StringComparison.Ordinal) != true)
        {
            if (line is null)
            {
                await _process.WaitForExitAsync(limit.Token);
                throw new InvalidOperationException($"agentobs serve ended with exit code {_process.ExitCode}: {ErrorText}");
            }
        }

        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Endpoints = EndpointsFile.Read(DataFolder) ?? throw new InvalidOperationException("endpoints.json is missing after the start");
        _http = new HttpClient { BaseAddress = Web };
    }

    /// <summary>Stops it as a service manager does, with SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        AgentObsProgram.Terminate(_process!);
        using var limit = new CancellationTokenSource(StopLimit);
        await _process!.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal and waits for nothing.</summary>
    public void Signal(int signal) => AgentObsProgram.Signal(_process!, signal);

    /// <summary>Ends it without warning, as a crash does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        if (_ownsDataFolder)
        {
            Directory.Delete(DataFolder, recursive: true);
        }
    }
}
