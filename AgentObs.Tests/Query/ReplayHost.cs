using AgentObs.Ingest;
using AgentObs.Tests.Ingest;

namespace AgentObs.Tests.Query;

/// <summary>Query and Ingest in one process, as `serve` has them: recorded requests go in by OTLP/HTTP, answers come out of the API.</summary>
internal static class ReplayHost
{
    public static Task<QueryHost> StartAsync() => QueryHost.StartAsync(
        configure: services => services.AddAgentObsIngest(new IngestOptions(new Uri("http://127.0.0.1:0"), new Uri("http://127.0.0.1:0"))),
        map: app => app.MapAgentObsIngest());

    /// <summary>Sends a recorded scenario; each request is committed when this returns.</summary>
    /// <param name="only">Leaves requests out.</param>
    public static async Task ReplayAsync(this QueryHost host, string scenario, Func<RecordedRequest, bool>? only = null)
    {
        foreach (var request in RecordedRequest.Of(scenario).Where(request => only?.Invoke(request) ?? true))
        {
            var (status, body, response) = await OtlpClient.HttpAsync(
                host.Http.BaseAddress!, request.Signal, request.Body, request.IsJson ? "application/json" : "application/x-protobuf");
            response.Dispose();
            Assert.True(status == 200, $"{scenario}/{request.File}: {status} {System.Text.Encoding.UTF8.GetString(body)}");
        }
    }
}
