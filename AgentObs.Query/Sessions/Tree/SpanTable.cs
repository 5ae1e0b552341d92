namespace AgentObs.Query;

/// <summary>
/// The spans of a session, one per (TraceId, SpanId), ordered by (start, trace, span), so that everything made from them depends on the set of
/// rows alone and not on the order in which they came.
/// </summary>
internal sealed class SpanTable
{
    private readonly Dictionary<SpanKey, int> _position;
    private readonly int[] _index;
    private readonly HashSet<string> _traces = new(StringComparer.Ordinal);

    public SpanTable(IReadOnlyList<SpanRow> rows)
    {
        _position = new Dictionary<SpanKey, int>(rows.Count);
        var distinct = Distinct(rows, _position);
        var order = new int[distinct.Count];
        var starts = new long[distinct.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            starts[i] = distinct[i].Start.Value;
        }

        Array.Sort(starts, order);
        SortTies(distinct, starts, order);
        Spans = new SpanRow[order.Length];
        _index = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            Spans[i] = distinct[order[i]];
            _index[order[i]] = i;
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

    public int Find(SpanKey key) => key.SpanId.Length > 0 && _position.TryGetValue(key, out var position) ? _index[position] : -1;

    /// <summary>The parent that this span names and that was not received; null where there is none.</summary>
    public MissingSpan? MissingParent(int i) =>
        Parent[i] < 0 && Spans[i].ParentSpanId.Length > 0 && Missing.TryGetValue(new SpanKey(Spans[i].TraceId, Spans[i].ParentSpanId), out var missing)
            ? missing
            : null;

    private static List<SpanRow> Distinct(IReadOnlyList<SpanRow> rows, Dictionary<SpanKey, int> positions)
    {
        var distinct = new List<SpanRow>(rows.Count);
        foreach (var row in rows)
        {
            var key = new SpanKey(row.TraceId, row.SpanId);
            if (positions.TryAdd(key, distinct.Count))
            {
                distinct.Add(row);
            }
            else if (positions[key] is var position && Compare(row, distinct[position]) > 0)
            {
                distinct[position] = row;
            }
        }

        return distinct;
    }

    private static void SortTies(List<SpanRow> rows, long[] starts, int[] order)
    {
        for (var from = 0; from < starts.Length;)
        {
            var to = from + 1;
            while (to < starts.Length && starts[to] == starts[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                Array.Sort(order, from, to - from, Comparer<int>.Create((a, b) =>
                    string.CompareOrdinal(rows[a].TraceId, rows[b].TraceId) is not 0 and var byTrace ? byTrace
                    : string.CompareOrdinal(rows[a].SpanId, rows[b].SpanId)));
            }

            from = to;
        }
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
            if (_position.TryGetValue(key, out var position))
            {
                Parent[i] = _index[position];
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
