using System.Text;
using AgentObs.Ingest.Forwarding;
using AgentObs.Ingest.Redaction;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;

namespace AgentObs.Tests.Ingest.Forwarding;

/// <summary>All recorded requests of all three signals, as they were sent (gRPC, HTTP; protobuf, JSON; every second one in gzip): the target has what was received, without secrets.</summary>
public sealed class ForwardedEqualityTests
{
    // The shape of an AWS key.
    private const string Secret = "AKIA7Q2N4P6R3S5T7V2W";

    // In place of a uuid's first four parts, in each request that has one.
    private const string Placed = "id " + Secret;

    private static readonly string[] Signals = ["traces", "logs", "metrics"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_target_has_each_record_as_it_was_received(bool isGrpc)
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc);
        await using var host = await IngestHost.StartAsync(forward: new ForwardOptions { Url = target.Url, IsGrpc = isGrpc, Headers = [] });
        var expected = Signals.ToDictionary(signal => signal, _ => new List<byte[]>());
        var sent = new List<(RecordedRequest Request, byte[] Body, bool IsGzip)>();
        var secrets = 0;
        foreach (var request in RecordedRequest.Scenarios().SelectMany(RecordedRequest.Of))
        {
            var body = WithSecret(request.Body, ref secrets);
            expected[request.Signal].Add(Received(request, body));
            sent.Add((request, body, IsGzip: sent.Count % 2 == 1));
        }

        Assert.True(sent.Count > 200 && secrets > 100);
        await Parallel.ForEachAsync(sent, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = TestContext.Current.CancellationToken }, async (one, _) => await SendAsync(host, one.Request, one.Body, one.IsGzip));
        var told = await ForwardWait.UntilAsync(host, forwarding => forwarding.Signals.All(signal => signal.QueuedBytes == 0 && signal.Sent == expected[signal.Signal].Count));
        Assert.All(told.Signals, signal => Assert.Equal((0, 0, 0), (signal.Refused, signal.Dropped, signal.Repeated)));
        var arrived = Signals.ToDictionary(signal => signal, _ => new List<byte[]>());
        while (target.HasMore)
        {
            var (path, body, _) = await target.NextAsync();
            arrived[Signals.Single(signal => path.Contains(isGrpc ? $".{(signal == "traces" ? "trace" : signal)}.v1." : signal, StringComparison.Ordinal))].Add(body);
        }

        foreach (var signal in Signals)
        {
            Assert.DoesNotContain(arrived[signal], body => body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Secret)) >= 0);
            Assert.Contains(arrived[signal], body => body.AsSpan().IndexOf("[redacted:"u8) >= 0);
            var want = await RowsAsync(signal, expected[signal]);
            var got = await RowsAsync(signal, arrived[signal]);
            Assert.Equal(want.Keys.Order(StringComparer.Ordinal), got.Keys.Order(StringComparer.Ordinal));
            Assert.All(want, table => Assert.Equal(table.Value, got[table.Key]));

            // Not only what the tables hold: every byte.
            Assert.Equal(expected[signal].Sum(body => body.Length), arrived[signal].Sum(body => body.Length));
        }
    }

    private static async Task SendAsync(IngestHost host, RecordedRequest request, byte[] body, bool isGzip)
    {
        if (request.Protocol == "grpc")
        {
            await OtlpClient.GrpcAsync(host.Grpc, request.Signal, body, isGzip);
            return;
        }

        var (status, _, response) = await OtlpClient.HttpAsync(host.Http, request.Signal, isGzip ? OtlpClient.Gzip(body) : body, request.ContentType, isGzip ? "gzip" : "");
        response.Dispose();
        Assert.Equal(200, status);
    }

    /// <summary>The request as protobuf, without its secrets.</summary>
    private static byte[] Received(RecordedRequest request, byte[] body)
    {
        var message = request.Signal switch { "traces" => OtlpSchema.TraceRequest, "logs" => OtlpSchema.LogsRequest, _ => OtlpSchema.MetricsRequest };
        using var wire = new PooledBuffer();
        if (request.IsJson)
        {
            JsonTranscoder.Transcode(body, message, wire);
        }
        else
        {
            wire.Write(body);
        }

        using var redactor = new RequestRedactor(SecretList.Default);
        using var clean = new PooledBuffer();
        return (redactor.Redact(wire.Written, message, clean) ? clean.Written : wire.Written).ToArray();
    }

    // No length changes, so the message stays whole.
    private static byte[] WithSecret(byte[] body, ref int secrets)
    {
        var text = Encoding.Latin1.GetString(body);
        var uuid = System.Text.RegularExpressions.Regex.Match(text, "(?<![0-9A-Za-z_])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        if (!uuid.Success)
        {
            return body;
        }

        secrets++;
        return Encoding.Latin1.GetBytes(text.Remove(uuid.Index, Placed.Length).Insert(uuid.Index, Placed));
    }

    private static async Task<Dictionary<string, List<string>>> RowsAsync(string signal, IEnumerable<byte[]> bodies) =>
        (await DecodedRows.ReadAsync([.. bodies.Select(body => DecodedRows.Decode(signal, body))])).ToDictionary(table => table.Key, table => DecodedRows.Print(table.Value).ToList());
}
