using System.Text.Json;
using AgentObs.Tests.Cli;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Launcher;

/// <summary>
/// Agents that start agents, each through its shim: fake ones that hand ids on as the real ones were observed to, real ingest and API. Only the outermost
/// is started by <c>agentobs run</c>.
/// </summary>
public sealed class NestedLaunchTests(AgentObsProcess serve) : IClassFixture<AgentObsProcess>, IDisposable
{
    private static readonly string Agents = Path.Combine(RepositoryFiles.Root, "AgentObs.Tests", "Launcher", "Agents");

    private readonly ScratchFolder _home = new();

    [Fact]
    public async Task A_grandchild_hangs_under_the_call_of_its_true_parent()
    {
        var nodes = await RunAsync("NEST-1", "claude", "-p", "codex exec 'claude -p \"exit 3\"'");

        var runs = nodes.Where(node => Text(node, "kind") == "agent_run").ToList();
        var codex = Assert.Single(runs, run => Text(run, "agent") == "codex");
        var call = Parent(nodes, codex);
        Assert.Equal(("tool_call", "Bash"), (Text(call, "kind"), Text(call, "name")));
        var leaf = Assert.Single(runs, run => Text(run, "agent") == "claude-code" && Text(Parent(nodes, run), "name") == "exec_command");
        Assert.Equal(Text(codex, "id"), Text(Parent(nodes, Parent(nodes, leaf)), "id"));
        Assert.All([codex, leaf], run => Assert.Equal("proven", run.GetProperty("edge").GetProperty("grade").GetString()));
        Assert.All([codex, leaf], run => Assert.Equal(3, run.GetProperty("exitCode").GetInt32()));
        Assert.DoesNotContain(runs, run => Text(run, "agent") == "process");
    }

    [Fact]
    public async Task A_codex_between_two_claudes_loses_neither()
    {
        var nodes = await RunAsync("NEST-2", "codex", "exec", "claude -p 'codex exec true; codex exec true'");

        var claude = Assert.Single(nodes, node => Text(node, "kind") == "agent_run" && Text(node, "agent") == "claude-code");
        Assert.Equal("exec_command", Text(Parent(nodes, claude), "name"));
        var inner = nodes.Where(node => Text(node, "kind") == "agent_run" && Text(node, "agent") == "codex" && Text(Parent(nodes, node), "name") == "Bash").ToList();
        Assert.Equal(2, inner.Count);
        Assert.All(inner, run => Assert.Equal(Text(claude, "id"), Text(Parent(nodes, Parent(nodes, run)), "id")));
    }

    public void Dispose() => _home.Dispose();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static JsonElement Parent(List<JsonElement> nodes, JsonElement node) => Assert.Single(nodes, one => Text(one, "id") == Text(node, "parentId"));

    private async Task<List<JsonElement>> RunAsync(string task, params string[] command)
    {
        var environment = new Dictionary<string, string>(serve.ClientEnvironment)
        {
            // A home without profile of its own, and the agents where a login shell does not look.
            ["HOME"] = _home.Path,
            ["PATH"] = Agents + ":" + Environment.GetEnvironmentVariable("PATH"),
            ["AGENTOBS_OTLP_HTTP_URL"] = serve.OtlpHttp.ToString().TrimEnd('/'),
        };
        var result = await LauncherProgram.RunAsync(["--task", task, "--", .. command], environment);
        Assert.DoesNotContain("fake agent", result.Error, StringComparison.Ordinal);
        return await LaunchedSession.NodesAsync(serve, task);
    }
}
