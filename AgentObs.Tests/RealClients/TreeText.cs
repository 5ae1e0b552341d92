using System.Globalization;
using System.Text;
using AgentObs.Query;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.RealClients;

/// <summary>
/// A tree as text in which only what the scripts decide stands: no ids, times or numbers of spans, and runs that began at the same time in the order
/// of their prompts. A line a node: kind, name, detail, tokens (input/cache read/cache write/output/reasoning), status, exit code, task, the edge's grade.
/// </summary>
internal static class TreeText
{
    private const int Width = 44;

    /// <param name="name">Of the file in <c>Expected</c>.</param>
    public static void AssertIs(string name, SessionTree tree)
    {
        var file = Path.Combine(RepositoryFiles.Root, "AgentObs.Tests", "RealClients", "Expected", name + ".txt");
        var (expected, actual) = (File.Exists(file) ? File.ReadAllText(file) : "", Of(tree));
        Assert.True(expected == actual, $"{actual}\ninstead of\n{expected}");
    }

    public static string Of(SessionTree tree)
    {
        var children = tree.Nodes.Where(node => node.ParentId is not null).ToLookup(node => node.ParentId!);
        var text = new StringBuilder();
        Append(text, tree.Nodes[0], 0, children);
        return text.ToString();
    }

    private static void Append(StringBuilder text, TreeNode node, int depth, ILookup<string, TreeNode> children)
    {
        text.Append(' ', 2 * depth).Append(node.Placeholder ? "? " : "").AppendJoin(' ', Words(node)).Append('\n');
        var ordered = children[node.Id]
            .OrderBy(child => child.Kind == NodeKinds.AgentRun)
            .ThenBy(child => child.Kind == NodeKinds.AgentRun ? child.Detail : "", StringComparer.Ordinal);
        foreach (var child in ordered)
        {
            Append(text, child, depth + 1, children);
        }
    }

    private static IEnumerable<string> Words(TreeNode node)
    {
        yield return node.Kind;
        yield return node.Name;
        if (node.Detail is { } detail)
        {
            yield return $"`{Short(detail)}`";
        }

        if (node.Tokens != TokenCounts.Zero)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{node.Tokens.Input}/{node.Tokens.CacheRead}/{node.Tokens.CacheWrite}/{node.Tokens.Output}/{node.Tokens.Reasoning}");
        }

        if (node.Status != "unset")
        {
            yield return node.Status;
        }

        if (node.ExitCode is { } exit)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"exit {exit}");
        }

        if (node.Error is { } error)
        {
            yield return "!" + Short(error);
        }

        if (node.Task is { } task)
        {
            yield return "#" + task;
        }

        if (node is { Kind: NodeKinds.AgentRun, Edge: { } edge })
        {
            yield return $"<{edge.Grade}>";
        }
    }

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= Width ? line : line[..(Width - 1)] + "…";
    }
}
