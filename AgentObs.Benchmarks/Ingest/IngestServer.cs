using AgentObs.Conventions;
using AgentObs.Ingest;
using AgentObs.Ingest.Writing;
using AgentObs.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>
/// Storage and Ingest alone, as a process of its own, so that its CPU and memory are not the clients'. Says its addresses in one line
/// (<c>ready http://127.0.0.1:1234/ http://127.0.0.1:1235/</c>: gRPC, HTTP) and ends with its standard input.
/// </summary>
internal static class IngestServer
{
    internal const string Verb = "ingest-server";
    internal const string PartsPath = "/parts";

    /// <param name="folder">Of the data.</param>
    /// <param name="limits">Of the writer; null for the defaults.</param>
    /// <param name="fsync">Every insert reaches the disk before its acknowledgement.</param>
    internal static async Task RunAsync(string folder, WriteLimits? limits, bool fsync)
    {
        var options = new IngestOptions(new Uri("http://127.0.0.1:0"), new Uri("http://127.0.0.1:0"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddAgentObsStorage(Storage(folder, fsync));
        builder.Services.AddAgentObsIngest(options);
        if (limits is not null)
        {
            builder.Services.AddSingleton(limits);
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenOtlp(options));
        await using var app = builder.Build();
        app.MapAgentObsIngest();
        app.MapGet(PartsPath, async (ClickHouseStore store, CancellationToken cancellation) => Results.Text(await ActivePartsAsync(store, cancellation)));
        await app.StartAsync();
        var endpoints = app.Services.GetRequiredService<OtlpEndpoints>();
        Console.WriteLine($"ready {endpoints.Grpc} {endpoints.Http}");
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await app.StopAsync();
    }

    internal static StorageOptions Storage(string folder, bool fsync = false) => new()
    {
        DataFolder = folder,
        FsyncInserts = fsync,
        EngineLibrary = Setting.EngineLibrary.Read(Environment.GetEnvironmentVariable),
    };

    /// <summary><c>otel_traces 12, otel_logs 3</c>: active parts of the tables that were written to.</summary>
    private static async Task<string> ActivePartsAsync(ClickHouseStore store, CancellationToken cancellation)
    {
        var tables = await store.QueryAsync(SqlFile.Load(typeof(IngestServer).Assembly, "Ingest/ActiveParts.sql"), null, row => $"{row.GetValue(0)} {row.GetValue(1)}", cancellation);
        return string.Join(", ", tables);
    }
}
