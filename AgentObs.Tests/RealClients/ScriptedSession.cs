using AgentObs.Query;
using AgentObs.Tests.Cli;

namespace AgentObs.Tests.RealClients;

/// <summary>What came of a run: the command's own output, and AgentObs's answers about its session.</summary>
internal sealed record ScriptedSession(CommandResult Result, SessionSummary Summary, SessionTree Tree, StitchingReport Stitching)
{
    public TreeNode Run(string prompt) => Tree.Nodes.Single(node => node.Kind == NodeKinds.AgentRun && node.Detail == prompt);

    /// <summary>The tree without some nodes and what is below them.</summary>
    public SessionTree Without(Func<TreeNode, bool> unwanted)
    {
        var gone = new HashSet<string>(StringComparer.Ordinal);
        return Tree with { Nodes = [.. Tree.Nodes.Where(node => !(unwanted(node) || (node.ParentId is { } parent && gone.Contains(parent))) || !gone.Add(node.Id))] };
    }
}
