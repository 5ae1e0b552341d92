using AgentObs.Tests.Cli;
using Grpc.Core;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>SIGTERM under load: what was taken is committed and answered, what was not is answered so that clients come again.</summary>
public sealed class DrainTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("agentobs-drain-");

    public void Dispose() => data.Delete(recursive: true);

    [Fact]
    public async Task A_stop_under_load_loses_nothing_and_ends_in_order()
    {
        using var flood = new Flood(spansPerRequest: 100) { Repeats = false };
        await using (var process = await AgentObsProcess.StartAsync(data.FullName))
        {
            flood.Connect(process.OtlpGrpc);
            var acknowledges = flood.AcknowledgesAsync(30);
            var running = flood.RunAsync();
            await acknowledges;
            var began = TimeProvider.System.GetTimestamp();
            Assert.Equal(0, await process.StopAsync());
            Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, Bound);
            flood.Finish();
            await running;
            Assert.Equal("", process.ErrorText.Trim());
        }

        Assert.All(flood.Failures, failure => Assert.Equal(StatusCode.Unavailable, failure.StatusCode));
        (await StoredSpans.ReadAsync(data.FullName)).AssertHolds(flood);
    }
}
