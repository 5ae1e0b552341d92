using AgentObs.Tests.Ingest;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>The whole way: recorded requests through Ingest into the engine, links, loader, builder give the reviewed trees.</summary>
public sealed class ReplayedTreeTests
{
    /// <summary>All, or those named in AGENTOBS_SCENARIOS (separated by commas).</summary>
    public static TheoryData<string> Scenarios => Environment.GetEnvironmentVariable("AGENTOBS_SCENARIOS") is { Length: > 0 } some
        ? [.. some.Split(',')]
        : [.. Recording.Names];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Gives_the_reviewed_tree(string scenario)
    {
        await using var host = await IngestHost.StartAsync();
        await SendAsync(host, scenario);
        ExpectedTrees.Check(scenario, await StoredTrees.TextAsync(host.Store));

        // Twice the same telemetry is once the same session.
        await SendAsync(host, scenario);
        ExpectedTrees.Check(scenario, await StoredTrees.TextAsync(host.Store));
    }

    private static async Task SendAsync(IngestHost host, string scenario)
    {
        foreach (var request in RecordedRequest.Of(scenario))
        {
            if (request.Signal is "traces" or "logs")
            {
                var (status, _, _) = await OtlpClient.HttpAsync(host.Http, request.Signal, request.Body, request.IsJson ? "application/json" : "application/x-protobuf");
                Assert.Equal(200, status);
            }
        }
    }
}
