using System.Text.Json;
using AgentObs.Query;

namespace AgentObs.Web.Components;

/// <summary>What <c>&lt;agent-tree&gt;</c> says when a node is picked, or when the picked node's data changed.</summary>
public sealed class NodeSelectEventArgs : EventArgs
{
    public string Id { get; set; } = "";

    /// <summary>The node as the API wrote it; long texts are cut.</summary>
    public string Node { get; set; } = "";

    /// <summary>The nodes above it, from the root: <c>[{"id":"...","name":"...","kind":"..."}]</c>.</summary>
    public string Path { get; set; } = "[]";

    /// <summary>False when only the data changed, or when the address picked it.</summary>
    public bool ByReader { get; set; }

    /// <returns>Null where the element sent what is no node.</returns>
    internal NodeSelection? Read()
    {
        try
        {
            var node = JsonSerializer.Deserialize<TreeNode>(Node, NodeJson.Options);
            var path = JsonSerializer.Deserialize<List<NodeStep>>(Path, NodeJson.Options);
            return node is null ? null : new NodeSelection(node, path ?? []);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
