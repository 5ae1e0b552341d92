using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using AgentObs.Cli.Replaying;
using AgentObs.Cli.Running;

namespace AgentObs.Cli.Doctor;

/// <summary>Asks an address once. Null: it answers as it should; else what it did.</summary>
internal static class AddressProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Nothing listens there.</summary>
    public const string Absent = "nothing listens there";

    /// <summary><c>GET /healthz</c>, with the moment that its answer names.</summary>
    public static async Task<(string? Fault, DateTimeOffset? Date)> WebAsync(RunningAgentObs running, CancellationToken cancellation)
    {
        using var client = Client(running);
        DateTimeOffset? date = null;
        var fault = await FaultAsync(async () =>
        {
            using var response = await client.GetAsync(new Uri(running.Web, "/healthz"), cancellation);
            date = response.Headers.Date;
            return await FaultOfAsync(response, cancellation);
        });
        return (fault, date);
    }

    /// <summary>An export without records: no byte is a whole protobuf message.</summary>
    public static Task<string?> OtlpHttpAsync(RunningAgentObs running, CancellationToken cancellation) => FaultAsync(async () =>
    {
        using var client = Client(running);
        using var content = new ByteArrayContent([]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var response = await client.PostAsync(new Uri(running.OtlpHttp, "/v1/traces"), content, cancellation);
        return await FaultOfAsync(response, cancellation);
    });

    public static Task<string?> OtlpGrpcAsync(RunningAgentObs running, CancellationToken cancellation) => FaultAsync(async () =>
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        using var grpc = new OtlpGrpcTransport(running.OtlpGrpc, running.Token);
        var nothing = new RecordedRequest("", 0, "traces", IsGrpc: true, OtlpPaths.Grpc("traces"), "application/grpc", "identity", []);
        await grpc.SendAsync(nothing, limit.Token);
        return null;
    });

    private static HttpClient Client(RunningAgentObs running)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = running.Token.Length == 0 ? null : new AuthenticationHeaderValue("Bearer", running.Token);
        return client;
    }

    private static async Task<string?> FaultOfAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
        {
            return null;
        }

        var body = string.Concat((await response.Content.ReadAsStringAsync(cancellation)).Where(letter => !char.IsControl(letter)));
        return response.StatusCode == HttpStatusCode.Unauthorized
            ? NoToken
            : $"it answers {(int)response.StatusCode} {body[..Math.Min(body.Length, 200)]}".TrimEnd();
    }

    /// <summary>It asks for the token.</summary>
    public const string NoToken = "it asks for its token";

    private static async Task<string?> FaultAsync(Func<Task<string?>> ask)
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException error) when (error.InnerException is SocketException)
        {
            return Absent;
        }
        catch (HttpRequestException error)
        {
            return $"it does not answer like AgentObs: {error.Message}";
        }
        catch (OtlpRefusedException refused)
        {
            return refused.IsAbsent ? Absent : refused.Message.StartsWith("Unauthenticated", StringComparison.Ordinal) ? NoToken : $"it answers {refused.Message}";
        }
        catch (OperationCanceledException)
        {
            return "it takes the connection and says nothing";
        }
    }
}
