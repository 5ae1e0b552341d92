using System.Diagnostics;
using System.Text.Json;

namespace AgentObs.Benchmarks.Processes;

/// <summary><c>agentobs serve</c> as a user runs it, on free ports, with a data folder of its own that goes when it ends.</summary>
internal sealed class AgentObsServer : IAsyncDisposable
{
    private AgentObsServer(ServerProcess process, string folder, JsonElement endpoints)
    {
        Process = process;
        Folder = folder;
        OtlpGrpc = new Uri(endpoints.GetProperty("otlpGrpc").GetString()!);
        OtlpHttp = new Uri(endpoints.GetProperty("otlpHttp").GetString()!);
        Http = new HttpClient { BaseAddress = new Uri(endpoints.GetProperty("web").GetString()!), Timeout = TimeSpan.FromMinutes(5) };
    }

    public ServerProcess Process { get; }

    public Uri OtlpGrpc { get; }

    public Uri OtlpHttp { get; }

    /// <summary>Its data folder: AGENTOBS_DATA of what is to find it.</summary>
    public string Folder { get; }

    /// <summary>A client of the API.</summary>
    public HttpClient Http { get; }

    /// <param name="variables">Settings beside its addresses and folder.</param>
    public static async Task<AgentObsServer> StartAsync(params IEnumerable<KeyValuePair<string, string>> variables)
    {
        var folder = Directory.CreateTempSubdirectory("agentobs-bench-").FullName;
        var start = new ProcessStartInfo("dotnet", [AgentObsAssembly.Path, "serve", "--until-stdin-closes"]);
        foreach (var variable in new[] { "AGENTOBS_WEB_URL", "AGENTOBS_OTLP_GRPC_URL", "AGENTOBS_OTLP_HTTP_URL" })
        {
            start.Environment[variable] = "http://127.0.0.1:0";
        }

        start.Environment["AGENTOBS_DATA"] = folder;
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var process = await ServerProcess.StartAsync(start, "Ctrl+C");
        using var endpoints = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "endpoints.json")));
        return new AgentObsServer(process, folder, endpoints.RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
        Directory.Delete(Folder, true);
    }
}
