namespace AgentObs.Query;

/// <summary>
/// While a Bash call runs, its execution span and its own are open: the runs it started name the execution's id, which nothing else names yet.
/// Such a placeholder hangs under the one call of the trace that is open and whose command runs such an agent.
/// </summary>
internal static class OpenCalls
{
    public static void Adopt(SessionDraft draft)
    {
        var open = draft.Tools
            .Where(tool => tool.Node is { Span: < 0 } && !tool.Ended && tool.Command.Length > 0)
            .ToLookup(tool => tool.LogSpan.TraceId, StringComparer.Ordinal);
        foreach (var run in draft.Runs)
        {
            if (run.Parent?.Missing is not { } missing || draft.FindNode(missing.Key.NodeId) is not { Span: < 0 } placeholder)
            {
                continue;
            }

            var calls = open[missing.Key.TraceId]
                .Where(tool => tool.RunId != run.Id && tool.Start <= run.Start && !ReferenceEquals(tool.Node, placeholder))
                .Where(tool => run.Client.Invocation?.IsMatch(tool.Command) == true)
                .ToList();
            if (calls.Count == 1 && !calls[0].Node!.IsInside(placeholder))
            {
                placeholder.Hang(calls[0].Node!, EdgeEvidence.Inferred, $"the command of {calls[0].Name} runs this agent", "the call is still open");
            }
        }
    }
}
