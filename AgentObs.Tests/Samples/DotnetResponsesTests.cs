using System.Net;
using System.Net.Sockets;
using AgentObs.Launcher;
using AgentObs.Query;
using AgentObs.Tests.Cli;
using AgentObs.Tests.Launcher;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Samples;

/// <summary><c>samples/dotnet-responses</c> as a process: the official OpenAI package with <c>AgentObs.Sdk</c>, started by a command of Claude's.</summary>
public sealed class DotnetResponsesTests(AgentObsProcess serve) : IClassFixture<AgentObsProcess>
{
    private static readonly string Program = BuiltProgram.Path(Path.Combine("samples", "dotnet-responses"), "dotnet-responses.dll");

    [Theory]
    [InlineData("--whole")]
    [InlineData("--stream")]
    public async Task Its_call_stands_below_the_command_that_started_it(string how)
    {
        await using var session = await SampleInSession.BeginAsync(serve);
        session.Environment["AGENTOBS_TASK_ID"] = "SHOP-12";

        var result = await session.RunAsync("dotnet", Program, "Say good morning", how);

        Assert.Equal((0, FakeResponses.Says, ""), (result.ExitCode, result.Output.Trim(), result.Error));
        var call = await session.AssertCalledAsync(FakeResponses.Cost);
        var tree = await session.TreeAsync();
        var program = Assert.Single(tree.Nodes, node => node.Name == "dotnet-responses");
        Assert.Contains(program, SampleInSession.AncestorsOf(call, tree));
        Assert.Equal(EdgeEvidence.Proven, program.Edge!.Grade);
        var span = await session.SpanAsync(call);
        Assert.Equal(("dotnet-responses", "SHOP-12"), (span.Service, span.Resource["agentobs.task.id"]));
        Assert.DoesNotContain("good morning", string.Join('\n', span.Attributes.Values), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(how == "--stream", Assert.Single(session.Api.Asked).Contains("\"stream\":true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_call_is_an_error_in_the_session()
    {
        await using var session = await SampleInSession.BeginAsync(serve);

        var result = await session.RunAsync("dotnet", Program, FakeResponses.Refused);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("refused by the test", result.Error, StringComparison.Ordinal);
        var tree = await session.TreeAsync();
        Assert.Contains(tree.Nodes, node => node is { Kind: NodeKinds.ModelCall, Status: "error", Name: "gpt-5.5" });
    }

    /// <summary>It dies of the signal as without the SDK, and its span says so.</summary>
    [Theory]
    [InlineData(LibC.SigTerm, "SIGTERM", true)]
    [InlineData(LibC.SigInt, "SIGINT", false)]
    public async Task A_signal_ends_it_and_its_span(int signal, string name, bool isAgentObsThere)
    {
        await using var session = await SampleInSession.BeginAsync(serve);
        using var model = new TcpListener(IPAddress.Loopback, 0);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        model.Start();
        silent.Start();
        session.Environment["OPENAI_BASE_URL"] = $"http://{model.LocalEndpoint}/v1";
        if (!isAgentObsThere)
        {
            session.Environment["AGENTOBS_OTLP_HTTP_URL"] = $"http://{silent.LocalEndpoint}";
        }

        using var process = LauncherProgram.Start("dotnet", [Program, "Say good morning"], session.Environment);
        using var call = await model.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, LibC.Kill(process.Id, signal));
        Assert.Equal(128 + signal, (await LauncherProgram.EndAsync(process)).ExitCode);

        var tree = await session.TreeAsync();
        if (isAgentObsThere)
        {
            var program = Assert.Single(tree.Nodes, node => node.Name == "dotnet-responses");
            Assert.Equal(("error", $"killed by {name}"), (program.Status, (await session.SpanAsync(program)).StatusMessage));
        }
    }

    [Fact]
    public async Task Where_nobody_answers_it_runs_as_without()
    {
        await using var session = await SampleInSession.BeginAsync(serve);
        session.Environment["AGENTOBS_OTLP_HTTP_URL"] = "http://127.0.0.1:9";

        var result = await session.RunAsync("dotnet", Program, "Say good morning");

        Assert.Equal((0, FakeResponses.Says, ""), (result.ExitCode, result.Output.Trim(), result.Error));
    }
}
