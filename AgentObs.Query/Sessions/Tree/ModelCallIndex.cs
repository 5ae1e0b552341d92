namespace AgentObs.Query;

/// <summary>
/// Brings the span that carries a response's tokens to the model call that it belongs to: codex's <c>handle_responses</c> is no child of
/// <c>codex.sampling</c> but of a sibling below the same <c>try_run_sampling_request</c>.
/// </summary>
internal sealed class ModelCallIndex
{
    private const int MaxSteps = 8;

    private readonly Dictionary<(string Trace, string Parent), List<int>> _byParent = [];
    private readonly Dictionary<AgentRun, List<int>> _byRun = [];
    private readonly Dictionary<int, DraftNode> _nodes = [];

    public List<int> Usage { get; } = [];

    /// <summary>Requests that failed.</summary>
    public List<int> Attempts { get; } = [];

    public void Add(SessionDraft draft, int i, DraftNode node)
    {
        _nodes[i] = node;
        var span = draft.Span(i);
        Append(_byParent, (span.TraceId, span.ParentSpanId), i);
        Append(_byRun, draft.RunOf[i]!, i);
    }

    public void MergeUsage(SessionDraft draft)
    {
        foreach (var calls in _byRun.Values)
        {
            calls.Sort();
        }

        foreach (var i in Usage)
        {
            var reading = draft.Readings[i];
            var node = Beside(draft, i) ?? Around(draft, i);
            if (node is { HasTokens: false })
            {
                node.FoldedSpans++;
            }
            else
            {
                var span = draft.Span(i);
                var above = draft.Home[i]!;
                node = draft.Node(new SpanKey(span.TraceId, span.SpanId).NodeId, NodeKinds.ModelCall);
                node.Span = i;
                node.Name = Models.Of(draft, i) is { Length: > 0 } model ? model : "model";
                node.Agent = draft.RunOf[i]!.Agent;
                node.Conversation = draft.RunOf[i]!.Conversation;
                node.Cover(span.Start, span.End);
                node.Hang(above, EdgeEvidence.Proven, "span parent in the same trace");
                node.Pending = draft.IsFresh(draft.RunOf[i]!);
            }

            draft.Home[i] = node;
            node.AddTokens(reading.Tokens ?? TokenCounts.Zero);
            node.Succeeded = true;
        }
    }

    /// <summary>A call whose request failed has failed, unless a later attempt of it brought the response.</summary>
    public void MergeAttempts(SessionDraft draft)
    {
        foreach (var i in Attempts)
        {
            var reading = draft.Readings[i];
            if (reading.Stamp.Length > 0)
            {
                draft.Failures.Add((draft.RunOf[i]!.Id, reading.Stamp));
            }

            var home = draft.Home[i]!;
            home.FoldedSpans++;
            if ((Beside(draft, i) ?? Around(draft, i)) is { Succeeded: false } node)
            {
                node.Fail(reading.Error);
            }
            else
            {
                (Beside(draft, i) ?? Around(draft, i) ?? home).FoldedErrors++;
            }
        }
    }

    // The sibling model call below the nearest common span above.
    private DraftNode? Beside(SessionDraft draft, int i)
    {
        var at = i;
        for (var step = 0; step < MaxSteps && at >= 0; step++)
        {
            var span = draft.Span(at);
            if (_byParent.TryGetValue((span.TraceId, span.ParentSpanId), out var calls) && Around(draft, calls, i) is { } node)
            {
                return node;
            }

            at = draft.Table.Parent[at];
        }

        return null;
    }

    // The spans between were lost: the run's model call that was open during all of it.
    private DraftNode? Around(SessionDraft draft, int i) =>
        _byRun.TryGetValue(draft.RunOf[i]!, out var calls) ? Around(draft, calls, i) : null;

    private DraftNode? Around(SessionDraft draft, List<int> calls, int i)
    {
        // Ordered by start: the last that began before this span. codex.sampling ends some microseconds after the response does.
        var usage = draft.Span(i);
        var low = 0;
        var high = calls.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (draft.Span(calls[middle]).Start <= usage.Start)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 && usage.Start <= draft.Span(calls[low - 1]).End ? _nodes[calls[low - 1]] : null;
    }

    private static void Append<TKey>(Dictionary<TKey, List<int>> lists, TKey key, int i)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(i);
    }
}
