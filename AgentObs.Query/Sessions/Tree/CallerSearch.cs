namespace AgentObs.Query;

/// <summary>
/// Looks for the tool call that started a run which does not say so: open when the run began, with a command that runs such an agent.
/// Runs are asked for in the order of their start, so that each call is opened and closed once.
/// </summary>
internal sealed class CallerSearch
{
    // A child's first span may begin a little before its caller's clock says that the call began, and after it where the call put it in the background.
    private const long SlackNano = 250_000_000;

    private readonly List<ToolFacts> _calls;
    private readonly List<ToolFacts> _open = [];
    private int _next;

    public CallerSearch(SessionDraft draft)
    {
        _calls = [.. draft.Tools.Where(tool => tool.Command.Length > 0 && ClientCatalog.All.Any(client => client.Invocation?.IsMatch(tool.Command) == true))];
        _calls.Sort(static (a, b) => a.Start.CompareTo(b.Start) is not 0 and var byStart ? byStart
            : string.CompareOrdinal(a.RunId, b.RunId) is not 0 and var byRun ? byRun
            : string.CompareOrdinal(a.CallId, b.CallId));
    }

    /// <summary>Whether a call that was open when the run of the last <see cref="Find"/> began has this prompt in its command.</summary>
    public bool IsNamed(string prompt, Func<ToolFacts, bool> accept) =>
        prompt.Length > 0 && _open.Any(call => call.Command.Contains(prompt, StringComparison.Ordinal) && accept(call));

    /// <summary>The only call, or the only one with the run's prompt or the innermost; null where none or several fit.</summary>
    /// <param name="accept">Whether a call may be the caller.</param>
    public (ToolFacts? Call, IReadOnlyList<string> Evidence) Find(AgentRun run, string prompt, Func<ToolFacts, bool> accept)
    {
        while (_next < _calls.Count && _calls[_next].Start <= run.Start.Plus(SlackNano))
        {
            _open.Add(_calls[_next++]);
        }

        _open.RemoveAll(call => call.Ended && call.End.Plus(SlackNano) < run.Start);
        List<ToolFacts> fits = [.. _open.Where(call => call.RunId != run.Id && run.Client.Invocation?.IsMatch(call.Command) == true && accept(call))];
        List<string> evidence = ["its command runs this agent", "it was open when the run began"];
        if (fits.Count > 1 && prompt.Length > 0 && fits.Where(call => call.Command.Contains(prompt, StringComparison.Ordinal)).ToList() is { Count: > 0 } named)
        {
            fits = named;
        }

        if (fits.Count == 1 && prompt.Length > 0 && fits[0].Command.Contains(prompt, StringComparison.Ordinal))
        {
            evidence.Add("the run's prompt stands in the command");
        }

        return fits.Count == 1 ? (fits[0], evidence) : (null, evidence);
    }
}
