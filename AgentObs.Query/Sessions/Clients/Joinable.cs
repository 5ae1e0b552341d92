namespace AgentObs.Query;

/// <summary>Agents that do not continue their caller's trace and say nothing of who started them: what a search for their caller goes by.</summary>
internal static class Joinable
{
    /// <summary>Their <c>service.name</c>.</summary>
    public static readonly IReadOnlyList<string> Services = ["github-copilot"];

    /// <summary>A command that runs one of them, for ClickHouse's <c>match</c>.</summary>
    public const string Command = """(^|[^\w.\-])copilot\s+["'\\\-\w]""";

    private static readonly GenAi Agents = new();

    public static bool MayStart(TreeNode node) =>
        node is { Kind: NodeKinds.ToolCall, Placeholder: false, Detail: { } command } && Agents.Invocation.IsMatch(command);
}
