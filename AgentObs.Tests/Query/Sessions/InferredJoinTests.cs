using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>Copilot names no caller: it is found by the call that was open and whose command runs it, also where the command stands in a record alone.</summary>
public sealed class InferredJoinTests
{
    private const string Copilot = "copilot-1";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_whose_command_is_in_a_log_record_is_found_whichever_comes_first(bool copilotLast)
    {
        await using var host = await QueryHost.StartAsync();
        await SeedAsync(host, copilotLast ? 1 : 0);
        await host.GetAsync<SessionList>("/api/sessions");
        await SeedAsync(host, copilotLast ? 0 : 1);
        Assert.Equal($"{TestIds.Uuid(1)}", await IdsAsync(host, 1));
        var tree = await host.GetAsync<SessionTree>($"/api/sessions/{TestIds.Uuid(1)}/tree");
        var run = Assert.Single(tree.Nodes, node => node is { Kind: NodeKinds.AgentRun, Agent: "github-copilot" });
        Assert.Equal(EdgeEvidence.Inferred, run.Edge!.Grade);
        Assert.Equal("exec_command", Assert.Single(tree.Nodes, node => node.Id == run.ParentId).Name);
    }

    [Fact]
    public async Task A_join_is_taken_back_when_a_second_call_fits()
    {
        await using var host = await QueryHost.StartAsync();
        await SeedAsync(host, 1);
        await SeedAsync(host, 0);
        Assert.Equal($"{TestIds.Uuid(1)}", await IdsAsync(host, 1));
        await SeedAsync(host, 2);
        Assert.Equal($"{TestIds.Uuid(2)},{TestIds.Uuid(1)},{Copilot}", await IdsAsync(host, 3));
    }

    [Fact]
    public void What_is_proven_outranks_what_is_inferred()
    {
        RunLink[] links =
        [
            new("claude", "t1", 0, 1, "claude-code", 1, 9), new("codex", "t2", 2, 1, "codex_exec", 1, 9), new(Copilot, "t3", 0, 5, "github-copilot", 5, 6),
            new(Copilot, "t2", RunLink.Inferred, 5, "", 5, 5),
        ];
        Assert.Equal(["claude", "codex+copilot-1"], Sessions(links));
        Assert.Equal(["claude+copilot-1", "codex"], Sessions([.. links, new(Copilot, "t1", RunLink.HandedOver, 5, "", 5, 5)]));
        Assert.Equal(["claude", "codex+copilot-1"], Sessions([.. links.Reverse()]));
    }

    private static IEnumerable<string> Sessions(RunLink[] links) =>
        SessionOwners.Resolve(links).Select(session => string.Join('+', session.RunIds)).Order(StringComparer.Ordinal);

    private static async Task<string> IdsAsync(QueryHost host, int expected)
    {
        // A join is made by one pass of the projector and shown by the next.
        var ids = "";
        for (var round = 0; round < 20 && ids.Split(',', StringSplitOptions.RemoveEmptyEntries).Length != expected; round++)
        {
            ids = string.Join(',', (await host.GetAsync<SessionList>("/api/sessions")).Sessions.Select(session => session.Id));
        }

        return ids;
    }

    /// <param name="host">Takes it.</param>
    /// <param name="codex">Number of the codex session; 0 is the Copilot.</param>
    private static async Task SeedAsync(QueryHost host, int codex)
    {
        if (codex == 0)
        {
            await Seed.SpansAsync(host.Store, (new SeedSpan(TestIds.Trace(9), TestIds.Span(1), "invoke_agent", TestIds.Noon) { Service = "github-copilot", Scope = "github.copilot", Duration = 2 * TestIds.Second })
                .With(("gen_ai.operation.name", "invoke_agent"), ("gen_ai.conversation.id", Copilot)));
            return;
        }

        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Codex(TestIds.Trace(codex), TestIds.Span(1), TestIds.Uuid(codex), TestIds.Noon - TestIds.Second) with { Duration = (4 + codex) * TestIds.Second },
            (SeedSpan.Codex(TestIds.Trace(codex), TestIds.Span(2), TestIds.Uuid(codex), TestIds.Noon - 5, TestIds.Span(1), "exec_command") with { Duration = 3 * TestIds.Second })
                .With(("thread.id", TestIds.Uuid(codex)), ("tool_name", "exec_command"), ("call_id", $"call-{codex}")));
        await Seed.LogsAsync(host.Store, (new SeedLog(TestIds.Noon + (3 * TestIds.Second), "codex.tool_result") { TraceId = TestIds.Trace(codex), Service = "codex_exec", Scope = "codex_otel.log_only" })
            .With(
                ("conversation.id", TestIds.Uuid(codex)), ("call_id", $"call-{codex}"), ("tool_name", "exec_command"), ("duration_ms", "3001"),
                ("arguments", "{\"cmd\":\"cd /src\\ncopilot -p \\\"do it\\\"\"}"), ("output", "Process exited with code 0\nOutput:\nok")));
    }
}
