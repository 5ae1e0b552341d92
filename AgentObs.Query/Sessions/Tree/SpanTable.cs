namespace AgentObs.Query;

/// <summary>
/// The spans of a session, one per (TraceId, SpanId), ordered by (start, trace, span), so that everything made from them depends on the set of
/// rows alone and not on the order in which they came.
/// </summary>
internal sealed class SpanTable
{
    private readonly Dictionary<SpanKey, int> _index;
    private readonly HashSet<string> _traces = new(StringComparer.Ordinal);

    public SpanTable(IEnumerable<SpanRow> rows)
    {
        Spans = Distinct(rows);
        _index = new Dictionary<SpanKey, int>(Spans.Length);
        for (var i = 0; i < Spans.Length; i++)
        {
            _index[new SpanKey(Spans[i].TraceId, Spans[i].SpanId)] = i;
            _traces.Add(Spans[i].TraceId);
        }

        Parent = new int[Spans.Length];
        Order = new int[Spans.Length];
        Missing = [];
        LinkParents();
        Sort();
    }

    public SpanRow[] Spans { get; }

    /// <summary>Index of the parent span; -1 where there is none or it was not received.</summary>
    public int[] Parent { get; }

    /// <summary>Indices, parents before children.</summary>
    public int[] Order { get; }

    /// <summary>Parents that were never received, by their key.</summary>
    public Dictionary<SpanKey, MissingSpan> Missing { get; }

    public int Count => Spans.Length;

    public bool HasTrace(string traceId) => _traces.Contains(traceId);

    public int Find(SpanKey key) => key.SpanId.Length > 0 && _index.TryGetValue(key, out var index) ? index : -1;

    /// <summary>The parent that this span names and that was not received; null where there is none.</summary>
    public MissingSpan? MissingParent(int i) =>
        Parent[i] < 0 && Spans[i].ParentSpanId.Length > 0 && Missing.TryGetValue(new SpanKey(Spans[i].TraceId, Spans[i].ParentSpanId), out var missing)
            ? missing
            : null;

    private static SpanRow[] Distinct(IEnumerable<SpanRow> rows)
    {
        var byKey = new Dictionary<SpanKey, SpanRow>();
        foreach (var row in rows)
        {
            var key = new SpanKey(row.TraceId, row.SpanId);
            if (!byKey.TryGetValue(key, out var other) || Compare(row, other) > 0)
            {
                byKey[key] = row;
            }
        }

        var spans = byKey.Values.ToArray();
        Array.Sort(spans, static (a, b) =>
            a.Start.CompareTo(b.Start) is not 0 and var byStart ? byStart
            : string.CompareOrdinal(a.TraceId, b.TraceId) is not 0 and var byTrace ? byTrace
            : string.CompareOrdinal(a.SpanId, b.SpanId));
        return spans;
    }

    // A sender may repeat a span with other times: the longest says the most. The rest only makes the choice the same every time.
    private static int Compare(SpanRow a, SpanRow b) =>
        a.DurationNano.CompareTo(b.DurationNano) is not 0 and var byDuration ? byDuration
        : a.Attributes.Count.CompareTo(b.Attributes.Count) is not 0 and var byCount ? byCount
        : b.Start.CompareTo(a.Start) is not 0 and var byStart ? byStart
        : string.CompareOrdinal(a.StatusCode, b.StatusCode) is not 0 and var byStatus ? byStatus
        : string.CompareOrdinal(a.ParentSpanId, b.ParentSpanId) is not 0 and var byParent ? byParent
        : string.CompareOrdinal(a.Name, b.Name);

    private void LinkParents()
    {
        for (var i = 0; i < Spans.Length; i++)
        {
            var span = Spans[i];
            Parent[i] = -1;
            if (span.ParentSpanId.Length == 0 || span.ParentSpanId == span.SpanId)
            {
                continue;
            }

            var key = new SpanKey(span.TraceId, span.ParentSpanId);
            if (_index.TryGetValue(key, out var parent))
            {
                Parent[i] = parent;
                continue;
            }

            if (!Missing.TryGetValue(key, out var missing))
            {
                Missing.Add(key, missing = new MissingSpan(key));
            }

            missing.Children.Add(i);
        }
    }

    // Follows each chain of parents once. A chain that comes back to itself (only a broken sender makes one) is cut where it was entered:
    // at the span that starts first.
    private void Sort()
    {
        var state = new byte[Spans.Length];
        var chain = new List<int>();
        var next = 0;
        for (var i = 0; i < Spans.Length; i++)
        {
            chain.Clear();
            for (var at = i; at >= 0 && state[at] != 2; at = Parent[at])
            {
                if (state[at] == 1)
                {
                    Parent[at] = -1;
                    break;
                }

                state[at] = 1;
                chain.Add(at);
            }

            for (var c = chain.Count - 1; c >= 0; c--)
            {
                if (state[chain[c]] != 2)
                {
                    state[chain[c]] = 2;
                    Order[next++] = chain[c];
                }
            }
        }
    }
}
