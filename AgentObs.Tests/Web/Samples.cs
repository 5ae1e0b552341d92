using System.Text.Json;
using AgentObs.Conventions;
using AgentObs.Query;
using AgentObs.Web.Components;

namespace AgentObs.Tests.Web;

internal static class Samples
{
    public static readonly UnixNano Start = new(1_795_355_835_000_000_001);

    public static SessionSummary Session(string id, string title = "Fix the flaky test", int errors = 0, string state = SessionStates.Done) => new(
        id, "claude-code", title, Start, Start.Plus(3_480_000_000), state, 1, 3, 1719, errors,
        new TokenCounts(10_210, 7_500, 3_000, 400, 75), ["AO-12"], "agentobs", "main", 1, ["6cc44df7f0af5f2b167b4fe844e55d8d"]);

    public static TreeNode Node(string id = "n1", string kind = NodeKinds.ToolCall, string name = "Bash", string? detail = "ls -la") => new(
        id, "s", kind, name, detail, "claude-code", null, "t1", id, Start, 2_178_000_000, "ok", null, 0,
        new TokenCounts(1, 2, 3, 4, 5), new TokenCounts(10, 20, 30, 40, 50),
        new EdgeEvidence(EdgeEvidence.Inferred, ["time overlap", "command text"]), new FoldCount(571, 2), "AO-12", 1, false);

    /// <summary>What session <c>s</c> did for it.</summary>
    public static TaskSummary Task(string id, string title, string url, string nodeId) => new(
        id, title, url, ["s"],
        [new TaskSession("s", new TaskRun(id, title, url, nodeId, "claude-code", "declared", "agentobs.task.id on the resource", TokenCounts.Zero, 0, Start, 1))],
        TokenCounts.Zero, 0, 1);

    public static SpanDetail Span(string id = "n1", Dictionary<string, string>? attributes = null, IReadOnlyList<SpanEvent>? events = null) => new(
        "t1", id, null, "claude_code.tool", "internal", "claude-code", "com.anthropic.claude_code.tracing", Start, 2_178_000_000, "ok", "",
        new Dictionary<string, string> { ["service.name"] = "claude-code" },
        attributes ?? new Dictionary<string, string> { ["tool_name"] = "Bash", ["full_command"] = "ls -la" },
        [new AttributeDuplicate("thread.id", "42")], events ?? [], [], [], Start);

    public static NodeSelectEventArgs Select(TreeNode node) => new()
    {
        Id = node.Id,
        Node = JsonSerializer.Serialize(node, NodeJson.Options),
        Path = """[{"id":"s","name":"claude-code","kind":"session"}]""",
        ByReader = true,
    };
}
