using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>
/// Tells whether a log record's tokens are those of a model call that a span reported already. Codex's records have no id for it: the record is
/// written while the model call's span is open, or up to a tenth of a second before the span that carries the tokens begins.
/// </summary>
internal sealed class ResponseMatcher(SessionDraft draft)
{
    private const long SlackNano = 1_000_000_000;

    private readonly Dictionary<string, List<DraftNode>> _calls = draft.Nodes
        .Where(node => node.Kind == NodeKinds.ModelCall)
        .GroupBy(node => node.Conversation, StringComparer.Ordinal)
        .ToDictionary(calls => calls.Key, calls => calls.OrderBy(call => call.Start).ToList(), StringComparer.Ordinal);

    private readonly HashSet<DraftNode> _matched = [];

    /// <summary>True where the tokens stand in the tree already; a model call around the record that has none takes them.</summary>
    public bool Counts(AgentRun run, LogRow log, LogReading reading, TokenCounts tokens)
    {
        var call = Find(run, log.Time, 0, call => !_matched.Contains(call) && (!call.HasTokens || call.Tokens == tokens))
            ?? Find(run, log.Time, SlackNano, call => !_matched.Contains(call) && call.HasTokens && call.Tokens == tokens);
        if (call is null)
        {
            return false;
        }

        _matched.Add(call);
        if (call.Name == run.Model && reading.Model.Length > 0)
        {
            call.Name = reading.Model;
        }

        if (!call.HasTokens)
        {
            call.AddTokens(tokens);
            call.Succeeded = true;
        }

        return true;
    }

    public DraftNode? Around(AgentRun run, UnixNano time) => Find(run, time, 0, static _ => true);

    private DraftNode? Find(AgentRun run, UnixNano time, long slack, Func<DraftNode, bool> accept)
    {
        if (!_calls.TryGetValue(run.Id, out var calls))
        {
            return null;
        }

        var low = 0;
        var high = calls.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (calls[middle].Start.Value - slack <= time.Value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        // Calls of one run follow one another; a few steps back are enough for those that overlap.
        for (var i = low - 1; i >= 0 && i >= low - 8; i--)
        {
            if (time <= calls[i].End.Plus(slack) && accept(calls[i]))
            {
                return calls[i];
            }
        }

        return null;
    }
}
