using AgentObs.Query;
using AgentObs.Tests.Cli;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Samples;

/// <summary><c>samples/typescript</c> through node: OpenTelemetry's own instrumentation of the openai package, started by a command of Claude's.</summary>
public sealed class TypescriptTests(AgentObsProcess serve) : IClassFixture<AgentObsProcess>
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "samples", "typescript");

    // Instrumentation 0.21.0 tells no part of the input as cached, and no part of the output as reasoning.
    private static readonly TokenCounts Told = new(
        FakeResponses.Cost.Input + FakeResponses.Cost.CacheRead, 0, 0, FakeResponses.Cost.Output + FakeResponses.Cost.Reasoning, 0);

    [Theory]
    [InlineData("--whole")]
    [InlineData("--stream")]
    public async Task Its_call_stands_below_the_command_that_started_it(string how)
    {
        var program = Path.Combine(Folder, "dist", "main.js");
        Assert.SkipUnless(File.Exists(program) && Directory.Exists(Path.Combine(Folder, "node_modules")), "the sample is not built: make samples");
        await using var session = await SampleInSession.BeginAsync(serve);
        session.Environment["AGENTOBS_OTLP_HTTP_URL"] = serve.Endpoints.OtlpHttp;
        session.Environment["AGENTOBS_TASK_ID"] = "SHOP-12";

        var result = await session.RunAsync("node", program, "Say good morning", how);

        Assert.Equal((0, FakeResponses.Says, ""), (result.ExitCode, result.Output.Trim(), result.Error));
        var call = await session.AssertCalledAsync(Told);
        Assert.Equal(EdgeEvidence.Proven, call.Edge!.Grade);
        var span = await session.SpanAsync(call);
        Assert.Equal(("typescript-sample", "SHOP-12"), (span.Service, span.Resource["agentobs.task.id"]));
        Assert.DoesNotContain("good morning", string.Join('\n', span.Attributes.Values), StringComparison.OrdinalIgnoreCase);
    }
}
