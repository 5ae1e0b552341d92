using System.Diagnostics;
using System.Globalization;
using AgentObs.Benchmarks.Processes;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>An <see cref="IngestServer"/> that runs, with a data folder of its own that goes when it ends.</summary>
internal sealed class IngestServerHandle : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly string folder;

    private IngestServerHandle(ServerProcess process, string folder)
    {
        Process = process;
        this.folder = folder;
        var addresses = process.Ready.Split(' ');
        Grpc = new Uri(addresses[1]);
        Http = new Uri(addresses[2]);
    }

    public ServerProcess Process { get; }

    public Uri Grpc { get; }

    public Uri Http { get; }

    /// <param name="interval">Between commits; null for the default.</param>
    /// <param name="fsync">Every insert reaches the disk.</param>
    public static async Task<IngestServerHandle> StartAsync(TimeSpan? interval = null, bool fsync = false)
    {
        var folder = Directory.CreateTempSubdirectory("agentobs-bench-").FullName;
        var start = new ProcessStartInfo("dotnet", [
            typeof(IngestServer).Assembly.Location, IngestServer.Verb, folder,
            interval is { } given ? given.TotalMilliseconds.ToString(CultureInfo.InvariantCulture) : "default", fsync ? "fsync" : "nosync"])
        {
            // An engine in this process has made its data folder the current one, and that may be gone.
            WorkingDirectory = AppContext.BaseDirectory,
        };
        return new IngestServerHandle(await ServerProcess.StartAsync(start, "ready "), folder);
    }

    /// <summary><c>otel_traces 12, otel_logs 3</c>.</summary>
    public Task<string> ActivePartsAsync() => http.GetStringAsync(new Uri(Grpc, IngestServer.PartsPath));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Process.DisposeAsync();
        Directory.Delete(folder, true);
    }
}
