using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>What holds for every tree, whatever was received.</summary>
internal static class Invariants
{
    /// <param name="built">Null where the rows make no session.</param>
    /// <param name="spans">How many spans went in.</param>
    /// <param name="folded">With all folds open a failed span inside a node shows as well as the node that failed by it.</param>
    public static void Check(BuiltSession? built, int spans, bool folded = true)
    {
        if (built is null)
        {
            return;
        }

        Assert.Equal(spans, built.Session.Spans);
        Assert.Equal(spans, built.Nodes.Count(node => node is { SpanId: not null, Placeholder: false }) + built.Nodes.Sum(node => node.Folded.Spans));
        Assert.Equal(built.Session.Tokens, built.Nodes.Aggregate(TokenCounts.Zero, (sum, node) => sum + node.Tokens));
        var errors = built.Nodes.Count(node => node.Status == "error") + built.Nodes.Sum(node => node.Folded.Errors);
        Assert.True(folded ? built.Session.Errors == errors : built.Session.Errors <= errors, $"{built.Session.Errors} errors, {errors} in the tree");
        Assert.Equal(built.Session.AgentRuns, built.Nodes.Count(node => node.Kind == NodeKinds.AgentRun));
        Assert.Equal(built.Session.Turns, built.Nodes.Count(node => node.Kind == NodeKinds.Turn));
        var path = new Stack<TreeNode>();
        var last = new Dictionary<string, TreeNode>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in built.Nodes)
        {
            while (path.Count > 0 && path.Peek().Id != node.ParentId)
            {
                path.Pop();
            }

            Assert.True(path.Count > 0 == node.ParentId is not null && (node.ParentId is not null || seen.Count == 0), $"{node.Id} does not stand below its parent");
            Assert.True(seen.Add(node.Id), $"{node.Id} twice");
            Assert.True(node.ParentId is null || node.Edge is { Evidence.Count: > 0 }, $"{node.Id} has an edge without evidence");
            if (node.ParentId is { } parent)
            {
                Assert.True(
                    !last.TryGetValue(parent, out var sibling) || sibling.Start < node.Start || (sibling.Start == node.Start
                        && string.CompareOrdinal(sibling.Id, node.Id) < 0),
                    $"{node.Id} is out of order");
                last[parent] = node;
            }

            path.Push(node);
        }
    }
}
