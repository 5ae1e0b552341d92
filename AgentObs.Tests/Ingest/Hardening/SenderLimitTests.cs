using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using AgentObs.Ingest;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>Slow, many and greedy senders: each meets a named limit, is told so, and is counted; honest ones go on.</summary>
public sealed class SenderLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Headers_that_do_not_come_are_cut(bool onGrpcPort)
    {
        await using var host = await StartAsync(new IngestLimits { HeaderTime = TimeSpan.FromMilliseconds(300) });
        using var slow = await RawConnection.OpenAsync(onGrpcPort ? host.Grpc : host.Http);
        await slow.SendAsync("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        Assert.StartsWith("HTTP/1.1 408 ", await slow.ReadToEndAsync(), StringComparison.Ordinal);
        using var silent = await RawConnection.OpenAsync(onGrpcPort ? host.Grpc : host.Http);
        Assert.StartsWith("HTTP/1.1 408 ", await silent.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(2, await LimitAsync(host, nameof(IngestLimits.HeaderTime)));
    }

    [Fact]
    public async Task A_chunk_of_impossible_size_is_never_answered_with_success()
    {
        await using var host = await StartAsync(new IngestLimits());
        using var broken = await RawConnection.OpenAsync(host.Http);
        await broken.SendAsync("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nabc");
        Assert.DoesNotContain(" 200 ", await broken.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_cut_over_http()
    {
        await using var host = await StartAsync(new IngestLimits { BodyGrace = TimeSpan.FromMilliseconds(300) });
        using var slow = await RawConnection.OpenAsync(host.Grpc);
        await slow.SendAsync("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
        var answer = await slow.ReadUntilAsync("within 300 s");
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":4", answer, StringComparison.Ordinal);
        Assert.Equal(1, await LimitAsync(host, nameof(IngestLimits.BodyBytesPerSecond)));
    }

    [Fact]
    public async Task A_slow_call_is_cut_over_grpc_and_the_others_of_its_connection_go_on()
    {
        await using var host = await StartAsync(new IngestLimits { BodyGrace = TimeSpan.FromMilliseconds(300) });
        using var client = new HttpClient();
        using var slow = GrpcRequest.Of(host.Http, "traces", new EndlessContent([0, 0, 0, 1, 0, 10]));
        var cut = client.SendAsync(slow, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var good = GrpcRequest.Of(host.Http, "traces", new ByteArrayContent(GrpcRequest.Frame(FloodBody.Make(0, 1, "good"))));
        Assert.Equal("0", await GrpcRequest.StatusAsync(await client.SendAsync(good, Cancellation)));
        using var answer = await cut;
        Assert.Equal("4", await GrpcRequest.StatusAsync(answer));
        using var again = GrpcRequest.Of(host.Http, "traces", new ByteArrayContent(GrpcRequest.Frame(FloodBody.Make(1, 1, "good"))));
        Assert.Equal("0", await GrpcRequest.StatusAsync(await client.SendAsync(again, Cancellation)));
        Assert.Equal(1, await LimitAsync(host, nameof(IngestLimits.BodyBytesPerSecond)));
    }

    /// <summary>A body that comes in 20 pieces and takes five times the grace, but keeps the pace.</summary>
    [Fact]
    public async Task A_slow_but_honest_body_is_stored()
    {
        await using var host = await StartAsync(new IngestLimits { BodyGrace = TimeSpan.FromSeconds(1), BodyBytesPerSecond = 500 });
        var body = FloodBody.Make(0, 20, "honest");
        using var slow = await RawConnection.OpenAsync(host.Http);
        await slow.SendAsync(string.Create(
            CultureInfo.InvariantCulture, $"POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\nContent-Length: {body.Length}\r\n\r\n"));
        foreach (var piece in body.Chunk((body.Length / 20) + 1))
        {
            await Task.Delay(60, Cancellation);
            await slow.SendAsync(piece);
        }

        Assert.StartsWith("HTTP/1.1 200 ", await slow.ReadUntilAsync("\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(20UL, await host.CountAsync("otel_traces"));
    }

    [Fact]
    public async Task A_bomb_is_refused_before_it_is_unpacked()
    {
        await using var host = await StartAsync(new IngestLimits());
        var bomb = OtlpClient.Compress(new byte[15 * 1024 * 1024], s => new GZipStream(s, CompressionLevel.SmallestSize));
        Assert.InRange(bomb.Length, 1, 20_000);
        var (status, body, _) = await OtlpClient.HttpAsync(host.Http, "logs", bomb, encoding: "gzip");
        Assert.Equal(413, status);
        Assert.Contains("more than 200 times", System.Text.Encoding.UTF8.GetString(body), StringComparison.Ordinal);
        using var client = new HttpClient();
        using var call = GrpcRequest.Of(host.Grpc, "logs", new ByteArrayContent(GrpcRequest.Frame(bomb, isCompressed: true)));
        call.Headers.Add("grpc-encoding", "gzip");
        Assert.Equal("8", await GrpcRequest.StatusAsync(await client.SendAsync(call, Cancellation)));
        Assert.Equal(2, await LimitAsync(host, nameof(IngestLimits.CompressionRatio)));
        Assert.Equal(0, (await SummaryAsync(host)).GetProperty("queue").GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_by_its_length_and_counted()
    {
        await using var host = await StartAsync(new IngestLimits());
        using var client = new HttpClient();

        // 16 MiB and one byte are announced; two bytes are all that ever comes.
        using var large = GrpcRequest.Of(host.Grpc, "metrics", new EndlessContent([0, 1, 0, 0, 1, 0, 0]));
        using var answer = await client.SendAsync(large, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal("8", await GrpcRequest.StatusAsync(answer));
        Assert.Equal(1, await LimitAsync(host, nameof(IngestLimits.RequestBytes)));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0 }, "3")]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 1 }, "3")]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "3")]
    [InlineData(new byte[] { 1, 0, 0, 0, 0 }, "3")]
    [InlineData(new byte[] { 2, 0, 0, 0, 0 }, "3")]
    [InlineData(new byte[] { 0, 0, 0, 0, 0 }, "0")]
    public async Task Frames(byte[] frame, string status)
    {
        await using var host = await StartAsync(new IngestLimits());
        using var client = new HttpClient();
        using var request = GrpcRequest.Of(host.Grpc, "traces", new ByteArrayContent(frame));
        using var answer = await client.SendAsync(request, Cancellation);
        Assert.Equal(status, await GrpcRequest.StatusAsync(answer));
    }

    [Fact]
    public async Task Grpc_over_http_1_and_unknown_encodings_are_told_what_to_do()
    {
        await using var host = await StartAsync(new IngestLimits());
        using var client = new HttpClient();
        using var old = GrpcRequest.Of(host.Grpc, "logs", new ByteArrayContent([]));
        (old.Version, old.VersionPolicy) = (HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);
        using var answer = await client.SendAsync(old, Cancellation);
        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Contains("POST the same message to /v1/logs", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        using var zstd = GrpcRequest.Of(host.Grpc, "logs", new ByteArrayContent([1, 0, 0, 0, 0]));
        zstd.Headers.Add("grpc-encoding", "zstd");
        using var unknown = await client.SendAsync(zstd, Cancellation);
        Assert.Equal("identity,gzip,deflate", Assert.Single(unknown.Headers.GetValues("grpc-accept-encoding")));
        Assert.Equal("12", await GrpcRequest.StatusAsync(unknown));
    }

    [Fact]
    public async Task Connections_over_the_limit_are_told_to_come_again()
    {
        await using var host = await StartAsync(new IngestLimits { Connections = 3 });
        var taken = new List<RawConnection>();
        for (var i = 0; i < 3; i++)
        {
            taken.Add(await RawConnection.OpenAsync(host.Http));
        }

        while (host.Services.GetRequiredService<OtlpEndpoints>().Connections < 3)
        {
            await Task.Yield();
        }

        using var http = await RawConnection.OpenAsync(host.Http);
        await http.SendAsync("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        var answer = await http.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 1", answer, StringComparison.Ordinal);
        var call = await Assert.ThrowsAsync<RpcException>(() => OtlpClient.GrpcAsync(host.Grpc, "traces", FloodBody.Make(0, 1, "late")));
        Assert.Equal(StatusCode.Unavailable, call.StatusCode);

        taken.ForEach(c => c.Dispose());
        while (host.Services.GetRequiredService<OtlpEndpoints>().Connections > 0)
        {
            await Task.Yield();
        }

        await OtlpClient.GrpcAsync(host.Grpc, "traces", FloodBody.Make(0, 1, "late"));
        Assert.InRange(await LimitAsync(host, nameof(IngestLimits.Connections)), 2, 30);
    }

    [Theory]
    [InlineData("k", 4 * 1024 * 1024, nameof(IngestLimits.ValueBytes))]
    [InlineData("", 5000, nameof(IngestLimits.KeyBytes))]
    public async Task Long_keys_and_values_cost_their_record(string key, int length, string limit)
    {
        await using var host = await StartAsync(new IngestLimits());
        var text = new string('x', length);
        var attribute = key.Length > 0 ? $$$"""{"key":"{{{key}}}","value":{"stringValue":"{{{text}}}"}}""" : $$$"""{"key":"{{{text}}}","value":{"intValue":1}}""";
        var json = OtlpClient.Traces(OtlpClient.Span(1), OtlpClient.Span(2)[..^1] + $$""","attributes":[{{attribute}}]}""");
        var (status, body, _) = await OtlpClient.JsonAsync(host.Http, "traces", json);
        Assert.Equal(200, status);
        Assert.Equal("1", JsonDocument.Parse(body).RootElement.GetProperty("partialSuccess").GetProperty("rejectedSpans").GetString());
        Assert.Equal(1, await LimitAsync(host, limit));
        Assert.Equal(1UL, await host.CountAsync("otel_traces"));
    }

    private static Task<IngestHost> StartAsync(IngestLimits limits) => IngestHost.StartAsync(services => services.AddSingleton(limits));

    private static async Task<long> LimitAsync(IngestHost host, string name) =>
        (await SummaryAsync(host)).GetProperty("limits").TryGetProperty(name, out var count) ? count.GetInt64() : 0;

    private static async Task<JsonElement> SummaryAsync(IngestHost host)
    {
        using var http = new HttpClient();
        return JsonDocument.Parse(await http.GetStringAsync(new Uri(host.Http, "/api/ingest"), Cancellation)).RootElement;
    }
}
