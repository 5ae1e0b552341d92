using System.Net;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>What the tree decides shows in every answer: the session's id, what belongs to it, what is unproven, its tasks.</summary>
public sealed class StitchingEndpointsTests
{
    private const string CodexRun = "01a20469-8378-74a2-9af9-b6b22e188c17";
    private const string ClaudeInCodex = "2c4b497c-55f9-418a-9f84-97cea11ea4c7";

    [Fact]
    public async Task Claude_started_by_codex_belongs_to_the_codex_session()
    {
        await using var host = await ReplayHost.StartAsync();
        await host.ReplayAsync("codex-claude");
        var session = Assert.Single((await host.GetAsync<SessionList>("/api/sessions")).Sessions);
        Assert.Equal((CodexRun, "codex", 2), (session.Id, session.Agent, session.AgentRuns));
        Assert.Equal(CodexRun, (await host.GetAsync<SessionTree>($"/api/sessions/{CodexRun}/tree")).Session.Id);
        Assert.Equal(CodexRun, (await host.ProblemAsync($"/api/sessions/{ClaudeInCodex}", HttpStatusCode.NotFound)).GetProperty("sessionId").GetString());
        Assert.Equal(CodexRun, (await host.ProblemAsync($"/api/sessions/{ClaudeInCodex}/tree", HttpStatusCode.NotFound)).GetProperty("sessionId").GetString());

        var stitching = await host.GetAsync<StitchingReport>($"/api/sessions/{CodexRun}/stitching");
        Assert.Equal(CodexRun, stitching.SessionId);
        Assert.Contains("claude-code", Assert.Single(stitching.InferredEdges).Name, StringComparison.Ordinal);
        Assert.NotEmpty(stitching.MissingParents);

        using var deleted = await host.Http.DeleteAsync($"/api/sessions/{CodexRun}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty((await host.GetAsync<SessionList>("/api/sessions")).Sessions);
    }

    [Theory]
    [InlineData("claude-copilot")]
    [InlineData("claude-copilot-bashenv")]
    public async Task An_agent_that_continues_no_trace_is_listed_inside_its_callers_session(string scenario)
    {
        await using var host = await ReplayHost.StartAsync();
        await host.ReplayAsync(scenario);
        var sessions = (await host.GetAsync<SessionList>("/api/sessions")).Sessions;
        for (var round = 0; round < 10 && sessions.Count > 1; round++)
        {
            // An inferred join is made by one pass of the projector and shown by the next.
            sessions = (await host.GetAsync<SessionList>("/api/sessions")).Sessions;
        }

        var session = Assert.Single(sessions);
        Assert.Equal(("claude-code", 1), (session.Agent, session.AgentRuns));
        Assert.Equal(5010, session.Tokens.Input);
    }

    [Fact]
    public async Task Tasks_are_listed_with_what_was_done_for_them()
    {
        await using var host = await ReplayHost.StartAsync();
        await host.ReplayAsync("claude-bash");
        Assert.Empty((await host.GetAsync<TaskList>("/api/tasks")).Tasks);
        await host.ProblemAsync("/api/tasks/PROJ-1", HttpStatusCode.NotFound);
    }
}
