using System.Net;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Tasks;

public sealed class TaskEndpointsTests
{
    [Fact]
    public async Task What_is_declared_wins_over_the_branch_and_the_branch_over_the_prompt()
    {
        await using var host = await QueryHost.StartAsync();
        (string, string)[] branch = [("vcs.ref.head.name", "feature/PROJ-2-login")];
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s-1", TestIds.Noon, "Fix PROJ-3")
                .On([.. branch, ("agentobs.task.id", "acme/app#1"), ("agentobs.task.title", "Login"), ("agentobs.task.url", "https://tracker/1")]),
            SeedSpan.Prompt(TestIds.Trace(2), TestIds.Span(1), "s-2", TestIds.Noon + TestIds.Second, "Fix PROJ-3").On(branch),
            SeedSpan.Prompt(TestIds.Trace(3), TestIds.Span(1), "s-3", TestIds.Noon + (2 * TestIds.Second), "Fix PROJ-3"),
            SeedSpan.Prompt(TestIds.Trace(4), TestIds.Span(1), "s-4", TestIds.Noon + (3 * TestIds.Second), "Use UTF-8 and SHA-256"));
        var tasks = (await host.GetAsync<TaskList>("/api/tasks")).Tasks;
        Assert.Equal(["PROJ-3 prompt s-3", "PROJ-2 branch s-2", "acme/app#1 declared s-1"], tasks.Select(task => $"{task.Id} {task.Runs[0].Run.Grade} {task.Sessions[0]}"));
        var declared = await host.GetAsync<TaskSummary>($"/api/tasks/{Uri.EscapeDataString("acme/app#1")}");
        Assert.Equal(("Login", "https://tracker/1", "session:s-1"), (declared.Title, declared.Url, Assert.Single(declared.Runs).Run.NodeId));
        Assert.Equal(TestIds.Noon, declared.Runs[0].Run.Start.Value);
        await host.ProblemAsync("/api/tasks/PROJ-9", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_task_has_the_tokens_of_its_nodes_without_runs_that_work_on_another()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s-1", TestIds.Noon, "Start with PROJ-1") with { Duration = TestIds.Second },
            Call(1, 2, "s-1", TestIds.Noon + 1, 100),
            SeedSpan.Prompt(TestIds.Trace(2), TestIds.Span(1), "s-1", TestIds.Noon + (2 * TestIds.Second), "And now PROJ-2") with { Duration = TestIds.Second },
            Call(2, 2, "s-1", TestIds.Noon + (2 * TestIds.Second) + 1, 20),
            SeedSpan.Prompt(TestIds.Trace(3), TestIds.Span(1), "s-1", TestIds.Noon + (4 * TestIds.Second), "go on") with { Duration = TestIds.Second },
            Call(3, 2, "s-1", TestIds.Noon + (4 * TestIds.Second) + 1, 3) with { Status = "Error" },
            Codex(3, 5, TestIds.Span(1), "PROJ-5"),
            SeedSpan.Prompt(TestIds.Trace(4), TestIds.Span(1), "s-2", TestIds.Noon + (9 * TestIds.Second), "PROJ-1 again"),
            Call(4, 2, "s-2", TestIds.Noon + (9 * TestIds.Second) + 1, 7));
        var tasks = (await host.GetAsync<TaskList>("/api/tasks")).Tasks.ToDictionary(task => task.Id);
        Assert.Equal(["PROJ-1", "PROJ-2", "PROJ-5"], tasks.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((107, 0), (tasks["PROJ-1"].Tokens.Input, tasks["PROJ-1"].Errors));
        Assert.Equal(["s-2", "s-1"], tasks["PROJ-1"].Sessions);
        Assert.Equal((23, 1), (tasks["PROJ-2"].Tokens.Input, tasks["PROJ-2"].Errors));
        Assert.Equal(["the prompt names it", "an earlier prompt names it"], tasks["PROJ-2"].Runs.Select(run => run.Run.Evidence));
        Assert.Equal((500, "declared"), (tasks["PROJ-5"].Tokens.Input, tasks["PROJ-5"].Runs[0].Run.Grade));
        var session = await host.GetAsync<SessionSummary>("/api/sessions/s-1");
        Assert.Equal(["PROJ-1", "PROJ-2", "PROJ-5"], session.Tasks);
        Assert.Equal(623, session.Tokens.Input);
        Assert.Equal(["s-1"], (await host.GetAsync<SessionList>("/api/sessions?task=PROJ-5")).Sessions.Select(found => found.Id));
    }

    [Fact]
    public async Task Tasks_are_filtered_and_paged_as_other_lists()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(host.Store, Enumerable.Range(1, 7).Select(n =>
            SeedSpan.Prompt(TestIds.Trace(n), TestIds.Span(1), $"s-{n}", TestIds.Noon + (n / 3 * TestIds.Second)).On(("agentobs.task.id", $"T-{n}"), ("agentobs.task.title", $"Title {n}"))));
        foreach (var limit in (int[])[1, 3, 7])
        {
            var found = await host.PagesAsync<TaskList, TaskSummary>($"/api/tasks?limit={limit}", page => (page.Tasks, page.NextCursor));
            Assert.Equal(["T-7", "T-6", "T-5", "T-4", "T-3", "T-2", "T-1"], found.Select(task => task.Id));
        }

        Assert.Equal("T-4", await IdsAsync(host, "?q=title 4"));
        Assert.Equal("T-2,T-1", await IdsAsync(host, "?to=2026-11-22T12:00:00Z"));
        Assert.Equal("T-7,T-6", await IdsAsync(host, "?from=2026-11-22T12:00:01.5Z"));
        Assert.Equal("limit", (await host.ProblemAsync("/api/tasks?limit=0", HttpStatusCode.BadRequest)).GetProperty("field").GetString());
        Assert.Equal("cursor", (await host.ProblemAsync("/api/tasks?cursor=x", HttpStatusCode.BadRequest)).GetProperty("field").GetString());

        using var deleted = await host.Http.DeleteAsync("/api/sessions/s-4", TestContext.Current.CancellationToken);
        Assert.Equal("", await IdsAsync(host, "?q=title 4"));
    }

    private static async Task<string> IdsAsync(QueryHost host, string query) =>
        string.Join(',', (await host.GetAsync<TaskList>("/api/tasks" + query)).Tasks.Select(task => task.Id));

    private static SeedSpan Call(int trace, int span, string session, long start, int tokens) =>
        new SeedSpan(TestIds.Trace(trace), TestIds.Span(span), "claude_code.llm_request", start) { Parent = TestIds.Span(1) }
            .With(("session.id", session), ("request_id", $"req-{trace}-{span}"), ("input_tokens", $"{tokens}"), ("model", "m"));

    private static SeedSpan Codex(int trace, int span, string parent, string task) =>
        (SeedSpan.Codex(TestIds.Trace(trace), TestIds.Span(span), TestIds.Uuid(1), TestIds.Noon + (4 * TestIds.Second) + 5, parent, "session_task.turn") with
        {
            Keys = ["thread.id", "codex.turn.token_usage.total_tokens", "codex.turn.token_usage.input_tokens", "turn.id"],
            Values = [TestIds.Uuid(1), "500", "500", TestIds.Uuid(2)],
        }).On(("agentobs.task.id", task));
}
