using System.Net.Http.Headers;
using AgentObs.Conventions;

namespace AgentObs.Cli.Serving;

/// <summary>Asks every address once before it is announced: an address that is printed answers.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <exception cref="CommandException">One of them does not answer as it should.</exception>
    public static async Task WaitAsync(Endpoints endpoints, string token, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
        if (token.Length > 0)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        await Task.WhenAll(
            AskAsync(endpoints.Web, () => client.GetAsync(endpoints.Web + "/healthz", cancellation)),
            AskAsync(endpoints.OtlpGrpc, () => ExportNothingAsync(endpoints.OtlpGrpc)),
            AskAsync(endpoints.OtlpHttp, () => ExportNothingAsync(endpoints.OtlpHttp)));

        // A request without spans: zero bytes are a whole protobuf message. Both ports take it over HTTP/1.1.
        async Task<HttpResponseMessage> ExportNothingAsync(string address)
        {
            using var content = new ByteArrayContent([]);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            return await client.PostAsync(address + "/v1/traces", content, cancellation);
        }
    }

    private static async Task AskAsync(string address, Func<Task<HttpResponseMessage>> ask)
    {
        using var response = await ask();
        if (!response.IsSuccessStatusCode)
        {
            throw CommandException.Failed(
                $"{address} answered {(int)response.StatusCode} at start: {await response.Content.ReadAsStringAsync()}",
                Invocation.Of("serve --verbose"));
        }
    }
}
