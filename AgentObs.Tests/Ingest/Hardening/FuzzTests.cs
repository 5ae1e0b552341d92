using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AgentObs.Tests.Cli;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>
/// Recorded bodies made wrong (<see cref="Mutation"/>) and sent to a real process over both transports: every answer is a documented one, none
/// takes long, memory stays, and a good request after them is stored. The recordings are the seeds; bodies that once broke something
/// stand in <c>TestData/fuzz</c> and are sent first. Long: 60,000 requests of a random seed.
/// </summary>
public sealed class FuzzTests(AgentObsProcess process) : IClassFixture<AgentObsProcess>
{
    private const int AtOnce = 8;
    private const long MaxWorkingSet = 1500L << 20;

    private static readonly string[] Scenarios = ["claude-bash", "codex-standalone-httpjson", "copilot-ls", "openai-responses"];
    private static readonly int[] HttpAnswers = [200, 400, 413];
    private static readonly string[] GrpcAnswers = ["0", "3", "8"];

    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(60) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_body_gets_a_documented_answer_and_good_ones_are_stored_after_it()
    {
        LongRun.Say($"seed {LongRun.Seed}");
        await SendKnownAsync();
        var seeds = Scenarios.SelectMany(RecordedRequest.Of).Where(r => r.Body.Length < 60_000).ToList();
        var answers = new Dictionary<string, int>();
        using var host = Process.GetProcessById(process.Pid);
        var most = 0L;
        var requests = LongRun.Of(1_600, 60_000);
        for (var i = 0; i < requests; i += AtOnce)
        {
            foreach (var answer in await Task.WhenAll(Enumerable.Range(i, AtOnce).Select(n => SendAsync(seeds, n))))
            {
                answers[answer] = answers.GetValueOrDefault(answer) + 1;
            }

            host.Refresh();
            most = Math.Max(most, host.WorkingSet64);
        }

        LongRun.Say($"{string.Join(", ", answers.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}: {a.Value}"))}; working set up to {most >> 20} MB");
        Assert.InRange(most, 1, MaxWorkingSet);
        Assert.True(answers.Count >= 5, string.Join(",", answers.Keys));

        await OtlpClient.GrpcAsync(process.OtlpGrpc, "traces", FloodBody.Make(0, 3, "after the fuzz"));
        var good = JsonDocument.Parse(await process.Http.GetStringAsync(new Uri($"/api/traces/{FloodBody.TraceId(0)}", UriKind.Relative), Cancellation)).RootElement;
        Assert.Equal(3, good.GetProperty("spans").GetArrayLength());
        var session = JsonDocument.Parse(await process.Http.GetStringAsync(new Uri("/api/sessions/after%20the%20fuzz", UriKind.Relative), Cancellation)).RootElement;
        Assert.Equal(3, session.GetProperty("spans").GetInt32());
        Assert.Equal(0, JsonDocument.Parse(await process.Http.GetStringAsync(new Uri("/api/ingest", UriKind.Relative), Cancellation))
            .RootElement.GetProperty("queue").GetProperty("bytes").GetInt64());
        Assert.DoesNotContain("Unhandled", process.ErrorText, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("fail:", process.ErrorText, StringComparison.Ordinal);
    }

    /// <returns>Transport and status; the request is made from the seed and its number alone.</returns>
    private async Task<string> SendAsync(List<RecordedRequest> seeds, int number)
    {
        var random = new Random((LongRun.Seed * 1_000_003) ^ number);
        var mutation = new Mutation(random);
        var seed = seeds[random.Next(seeds.Count)];
        var body = mutation.Of(seed.Body, seed.IsJson);
        var isCompressed = random.Next(4) == 0;
        var isGrpc = !seed.IsJson && random.Next(2) == 0;
        if (isCompressed)
        {
            body = mutation.Compressed(body);
        }

        if (isGrpc)
        {
            body = mutation.Frame(body, isCompressed);
        }

        return await SendAsync(seed.Signal, body, isGrpc, seed.IsJson, isCompressed, $"seed {LongRun.Seed}, request {number}");
    }

    private async Task<string> SendAsync(string signal, byte[] body, bool isGrpc, bool isJson, bool isCompressed, string name)
    {
        using var request = isGrpc
            ? GrpcRequest.Of(process.OtlpGrpc, signal, new ByteArrayContent(body))
            : new HttpRequestMessage(HttpMethod.Post, new Uri(process.OtlpHttp, $"/v1/{signal}")) { Content = new ByteArrayContent(body) };
        if (isGrpc && isCompressed)
        {
            request.Headers.Add("grpc-encoding", "gzip");
        }
        else if (!isGrpc)
        {
            request.Content!.Headers.ContentType = new MediaTypeHeaderValue(isJson ? "application/json" : "application/x-protobuf");
            if (isCompressed)
            {
                request.Content.Headers.ContentEncoding.Add("gzip");
            }
        }

        try
        {
            using var answer = await Client.SendAsync(request, Cancellation);
            if (!isGrpc)
            {
                Assert.True(HttpAnswers.Contains((int)answer.StatusCode), $"{name}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancellation)} {string.Join(" | ", process.ErrorText.Split(Environment.NewLine).Where(l => !l.StartsWith("warn", StringComparison.Ordinal)))}");
                return $"http {(int)answer.StatusCode}";
            }

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var status = await GrpcRequest.StatusAsync(answer);
            Assert.True(GrpcAnswers.Contains(status), $"{name}: grpc-status {status} {string.Join(' ', answer.TrailingHeaders.Select(h => string.Join(',', h.Value)))}");
            return $"grpc {status}";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            throw new InvalidOperationException($"{name} ({signal}, grpc {isGrpc}, json {isJson}, compressed {isCompressed}): {Convert.ToBase64String(body[..Math.Min(body.Length, 3000)])}", e);
        }
    }

    /// <summary>Files are named <c>what-signal.pb</c> or <c>.json</c>; each is sent over both transports, where it can be.</summary>
    private async Task SendKnownAsync()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "AgentObs.Tests", "TestData", "fuzz"), "*-*.*"))
        {
            var signal = Path.GetFileNameWithoutExtension(file).Split('-')[^1];
            var body = await File.ReadAllBytesAsync(file, Cancellation);
            var isJson = Path.GetExtension(file) == ".json";
            await SendAsync(signal, body, isGrpc: false, isJson, isCompressed: false, file);
            if (!isJson)
            {
                await SendAsync(signal, GrpcRequest.Frame(body), isGrpc: true, isJson, isCompressed: false, file);
            }
        }
    }
}
