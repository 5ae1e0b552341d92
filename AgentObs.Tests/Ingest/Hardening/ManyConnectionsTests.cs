using System.Diagnostics;
using System.Net;
using System.Text.Json;
using AgentObs.Tests.Cli;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>A process whose OTLP ports are held by thousands of connections that say nothing.</summary>
public sealed class ManyConnectionsTests(AgentObsProcess process) : IClassFixture<AgentObsProcess>
{
    private const long MaxGrowth = 200L << 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_answers_memory_stays_and_senders_come_back_in()
    {
        var many = LongRun.Of(2_000, 6_000);
        using var host = Process.GetProcessById(process.Pid);
        await process.Http.GetAsync(new Uri("/", UriKind.Relative), Cancellation);
        var before = host.WorkingSet64;
        var idle = new List<RawConnection>();
        for (var i = 0; i < many; i++)
        {
            var connection = await RawConnection.OpenAsync(i % 2 == 0 ? process.OtlpGrpc : process.OtlpHttp);
            idle.Add(connection);

            // Half of them begin HTTP/2 and then nothing: a connection of that kind holds the most.
            await connection.SendAsync(i % 4 < 2 ? RawConnection.Http2Preface : [.. "POST /v1/traces HTTP/1.1\r\n"u8]);
        }

        using var page = await process.Http.GetAsync(new Uri("/", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var summary = await SummaryAsync();
        Assert.InRange(summary.GetProperty("connections").GetInt32(), 1000, 1024 + 64);
        Assert.InRange(summary.GetProperty("limits").GetProperty("Connections").GetInt64(), many - 1100, many);
        host.Refresh();
        LongRun.Say($"{many} connections: {before >> 20} MB before, {host.WorkingSet64 >> 20} MB with them");
        Assert.InRange(host.WorkingSet64 - before, long.MinValue, MaxGrowth);

        idle.ForEach(c => c.Dispose());
        while ((await SummaryAsync()).GetProperty("connections").GetInt32() > 0)
        {
            await Task.Delay(20, Cancellation);
        }

        await OtlpClient.GrpcAsync(process.OtlpGrpc, "traces", FloodBody.Make(0, 1, "after"));
    }

    private async Task<JsonElement> SummaryAsync() =>
        JsonDocument.Parse(await process.Http.GetStringAsync(new Uri("/api/ingest", UriKind.Relative), Cancellation)).RootElement;
}
