using System.Security.Cryptography;
using System.Text.Json;
using AgentObs.Conventions;
using AgentObs.Tests.Ingest;

namespace AgentObs.Tests.Containers;

/// <summary>
/// What is sent by OTLP comes out of the API: the same tests on either topology. Containers: Aspire runs collector, ClickHouse, Query and Web,
/// and the tests are skipped where no container runtime is. Embedded: one <c>agentobs serve</c>.
/// </summary>
public sealed class RoundTripTests(RunningTopology topology) : IClassFixture<RunningTopology>
{
    // A collector stores in batches of half a second and more; embedded, what was acknowledged is there.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_span_that_is_sent_comes_out_of_the_API(bool overGrpc)
    {
        Assert.SkipWhen(topology.WhyNot is not null, topology.WhyNot ?? "");
        var trace = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var now = UnixNano.FromDateTimeOffset(TimeProvider.System.GetUtcNow()).Value;
        var conversation = Guid.NewGuid().ToString();
        var body = OtlpClient.Protobuf(OtlpClient.Traces(
            $$"""
            { "traceId": "{{trace}}", "spanId": "b7ad6b7169203331", "name": "chat round-trip", "kind": 3, "startTimeUnixNano": "{{now}}", "endTimeUnixNano": "{{now + 1_000_000}}",
              "status": { "code": 2, "message": "boom" },
              "attributes": [
                { "key": "gen_ai.operation.name", "value": { "stringValue": "chat" } },
                { "key": "gen_ai.conversation.id", "value": { "stringValue": "{{conversation}}" } },
                { "key": "gen_ai.usage.input_tokens", "value": { "intValue": "12" } } ] }
            """));
        if (overGrpc)
        {
            await OtlpClient.GrpcAsync(topology.OtlpGrpc, "traces", body);
        }
        else
        {
            var (status, _, reply) = await OtlpClient.HttpAsync(topology.OtlpHttp, "traces", body);
            reply.Dispose();
            Assert.Equal(200, status);
        }

        using var stored = await WaitForAsync($"/api/traces/{trace}");
        var span = Assert.Single(stored.RootElement.GetProperty("spans").EnumerateArray());
        Assert.Equal("chat round-trip", span.GetProperty("name").GetString());
        Assert.Equal("error", span.GetProperty("status").GetString());
        Assert.Equal("boom", span.GetProperty("statusMessage").GetString());
        Assert.Equal(1_000_000, span.GetProperty("durationNano").GetInt64());

        using var session = await WaitForAsync($"/api/sessions/{conversation}");
        Assert.Equal(1, session.RootElement.GetProperty("spans").GetInt32());
        Assert.Equal(12, session.RootElement.GetProperty("tokens").GetProperty("input").GetInt32());
    }

    private async Task<JsonDocument> WaitForAsync(string path)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var reply = await topology.Http.GetAsync(path, Cancellation);
            if (reply.IsSuccessStatusCode)
            {
                return JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancellation));
            }

            var text = await reply.Content.ReadAsStringAsync(Cancellation);
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"{path}: {(int)reply.StatusCode} {text}");
            await Task.Delay(Pause, TimeProvider.System, Cancellation);
        }
    }
}
