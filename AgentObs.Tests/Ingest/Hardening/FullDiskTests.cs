using System.Globalization;
using System.Net;
using System.Text;
using AgentObs.Tests.Cli;
using Grpc.Core;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>A data folder on a disk that is filled and freed while clients send: a file system of 220 MB for the test alone.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly SmallDisk disk = SmallDisk.Mount(megabytes: 220);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => disk.Dispose();

    [Fact]
    public async Task Clients_are_told_to_come_again_and_all_goes_on_when_there_is_room()
    {
        var data = Path.Combine(disk.Path, "data");
        using var flood = new Flood(spansPerRequest: 100);
        await using (var process = await AgentObsProcess.StartAsync(data))
        {
            flood.Connect(process.OtlpGrpc);
            var running = flood.RunAsync();
            for (var round = 0; round < LongRun.Of(2, 20); round++)
            {
                await flood.AcknowledgesAsync(flood.Acknowledged.Count + 10);
                var failures = flood.Failures.Count;

                // Others fill the disk, first to the line at which nothing more is begun, then to the end.
                disk.Fill(but: 60 << 20);
                await RefusalsAsync(flood, failures + 20);
                disk.Fill(but: (round % 4) * 500_000);
                await RefusalsAsync(flood, failures + 60);

                await AssertAnswersAsync(process, data);
                disk.Free();
            }

            await flood.AcknowledgesAsync(flood.Acknowledged.Count + 10);
            flood.Finish();
            await running;
            Assert.Equal(0, await process.StopAsync());
        }

        Assert.All(flood.Failures, AssertRetriable);
        var stored = await StoredSpans.ReadAsync(data);
        stored.AssertHolds(flood);
        Assert.Equal(flood.Sent, stored.SpansOf.Count);
        LongRun.Say($"{flood.Failures.Count} refusals, {stored.SpansOf.Values.Sum()} spans in {stored.Rows} rows");

        void AssertRetriable(RpcException failure)
        {
            Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
            Assert.Contains($"The disk of the data folder {data} is full", failure.Status.Detail, StringComparison.Ordinal);
            Assert.Contains("free space there", failure.Status.Detail, StringComparison.Ordinal);
            Assert.Contains("google.rpc.RetryInfo", Encoding.ASCII.GetString(failure.Trailers.GetValueBytes("grpc-status-details-bin") ?? []), StringComparison.Ordinal);
        }
    }

    private static async Task RefusalsAsync(Flood flood, int count)
    {
        while (flood.Failures.Count < count)
        {
            await Task.Delay(20, Cancellation);
        }
    }

    private static async Task AssertAnswersAsync(AgentObsProcess process, string data)
    {
        var (status, body, response) = await OtlpClient.HttpAsync(process.OtlpHttp, "traces", FloodBody.Make(1_000_000, 1, "refused"));
        Assert.Equal(503, status);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains(data, Encoding.UTF8.GetString(body), StringComparison.Ordinal);

        foreach (var path in (string[])["/", "/healthz", "/api/sessions", "/api/ingest", "/api/traces?limit=1", $"/api/traces/{1.ToString("x32", CultureInfo.InvariantCulture)}"])
        {
            using var page = await process.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            Assert.True(page.StatusCode == HttpStatusCode.OK, $"{path}: {await page.Content.ReadAsStringAsync(Cancellation)}");
        }
    }
}
