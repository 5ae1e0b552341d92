using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>The turns of a session's outermost run, by trace, by id and by time.</summary>
internal sealed class TurnList
{
    private readonly Dictionary<string, List<DraftNode>> _byTrace = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DraftNode> _byId = new(StringComparer.Ordinal);
    private readonly List<DraftNode> _all = [];
    private readonly HashSet<DraftNode> _known = [];

    public IReadOnlyList<DraftNode> All => _all;

    /// <summary>Traces of notifications whose own span was not received, with the call that they report about.</summary>
    public Dictionary<string, string> Notifications { get; } = new(StringComparer.Ordinal);

    public void Notified(string traceId, string callId) => Notifications.TryAdd(traceId, callId);

    public void Add(DraftNode turn)
    {
        if (_known.Add(turn))
        {
            _all.Add(turn);
        }
    }

    public void InTrace(string traceId, DraftNode turn)
    {
        if (!_byTrace.TryGetValue(traceId, out var turns))
        {
            _byTrace.Add(traceId, turns = []);
        }

        if (turns.Count == 0 || !ReferenceEquals(turns[^1], turn))
        {
            turns.Add(turn);
        }
    }

    public void Name(string id, DraftNode turn) => _byId.TryAdd(id, turn);

    public DraftNode? Find(string id) => id.Length > 0 ? _byId.GetValueOrDefault(id) : null;

    public void Sort()
    {
        _all.Sort(ByStart);
        foreach (var turns in _byTrace.Values)
        {
            turns.Sort(ByStart);
        }
    }

    /// <summary>The last turn of this trace that began by then, else its first; null where the trace has none.</summary>
    public DraftNode? At(string traceId, UnixNano time) => _byTrace.TryGetValue(traceId, out var turns) ? At(turns, time) : null;

    /// <summary>The last turn that began by then, else the first; null where there is none.</summary>
    public DraftNode? At(UnixNano time) => At(_all, time);

    private static DraftNode? At(List<DraftNode> turns, UnixNano time)
    {
        var low = 0;
        var high = turns.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (turns[middle].Start <= time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return turns.Count == 0 ? null : turns[Math.Max(0, low - 1)];
    }

    private static int ByStart(DraftNode a, DraftNode b) =>
        a.Start.CompareTo(b.Start) is not 0 and var byStart ? byStart : string.CompareOrdinal(a.Id, b.Id);
}
