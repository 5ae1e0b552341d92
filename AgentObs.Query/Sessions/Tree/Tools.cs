namespace AgentObs.Query;

/// <summary>Puts what is known about a tool call into its node.</summary>
internal static class Tools
{
    public static void Fill(ToolFacts tool, DraftNode node)
    {
        tool.Node = node;
        node.Name = tool.Name.Length > 0 ? tool.Name : node.Name;
        node.Detail = node.Detail.Length > 0 ? node.Detail : tool.Detail;
        node.ExitCode ??= tool.ExitCode;
        node.Succeeded |= tool.Succeeded;
        if (tool.Failed)
        {
            node.Fail(tool.Error);
        }
    }
}
