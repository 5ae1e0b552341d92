namespace AgentObs.Query;

/// <summary>The rows of a session with what the clients' files read out of them, and everything that is made on the way to its tree.</summary>
internal sealed class SessionDraft
{
    private readonly Dictionary<string, AgentRun> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Run, string Call), ToolFacts> _tools = [];
    private readonly Dictionary<string, DraftNode> _nodes = new(StringComparer.Ordinal);

    public SessionDraft(SessionInput input)
    {
        Input = input;
        var catalog = new ClientCatalog();
        Table = new SpanTable(input.Strays.Count == 0 ? input.Spans : [.. input.Spans, .. input.Strays.SelectMany(stray => stray.Spans)]);
        Clients = new AgentClient[Table.Count];
        Readings = new SpanReading[Table.Count];
        for (var i = 0; i < Table.Count; i++)
        {
            (Clients[i], Readings[i]) = catalog.Read(Table.Spans[i]);
        }

        Logs = [.. input.Logs.DistinctBy(log => log.LogId)
            .OrderBy(log => log.Time).ThenBy(log => log.LogId)];
        LogReadings = new LogReading[Logs.Length];
        LogClients = new AgentClient[Logs.Length];
        for (var i = 0; i < Logs.Length; i++)
        {
            (LogClients[i], LogReadings[i]) = catalog.Read(Logs[i]);
        }

        FitsElsewhere.UnionWith(input.Strays.Where(stray => stray.FitsElsewhere).Select(stray => stray.TraceId));
        Strays.UnionWith(input.Strays.Select(stray => stray.TraceId));
        RunOf = new AgentRun?[Table.Count];
        Home = new DraftNode?[Table.Count];
        LogRunOf = new AgentRun?[Logs.Length];
    }

    public SessionInput Input { get; }
    public SpanTable Table { get; }
    public AgentClient[] Clients { get; }
    public SpanReading[] Readings { get; }
    public LogRow[] Logs { get; }
    public LogReading[] LogReadings { get; }
    public AgentClient[] LogClients { get; }
    public AgentRun?[] RunOf { get; }
    public AgentRun?[] LogRunOf { get; }

    /// <summary>The node that a span is, or that it is counted in.</summary>
    public DraftNode?[] Home { get; }

    /// <summary>Tool calls whose own span was not received, by that span's key as their other spans and records tell it.</summary>
    public Dictionary<SpanKey, ToolFacts> LostCalls { get; } = [];

    /// <summary>Failures that were counted, by run and the client's own time of the event: span and log record report the same one.</summary>
    public HashSet<(string Run, string Stamp)> Failures { get; } = [];

    /// <summary>Runtime spans that fit several runs or none.</summary>
    public List<int> Unassigned { get; } = [];
    /// <summary>Runtime traces without any id: they never make runs.</summary>
    public HashSet<string> Strays { get; } = new(StringComparer.Ordinal);

    /// <summary>Stray traces that fit a run of another session as well.</summary>
    public HashSet<string> FitsElsewhere { get; } = new(StringComparer.Ordinal);
    public IReadOnlyCollection<AgentRun> Runs => _runs.Values;
    public IReadOnlyCollection<ToolFacts> Tools => _tools.Values;
    public IReadOnlyCollection<DraftNode> Nodes => _nodes.Values;
    public AgentRun? Root { get; set; }
    public DraftNode Session { get; set; } = new("", NodeKinds.Session);
    public TurnList Turns { get; } = new();

    public SpanRow Span(int i) => Table.Spans[i];

    public AgentRun Run(string id, AgentClient client)
    {
        if (!_runs.TryGetValue(id, out var run))
        {
            _runs.Add(id, run = new AgentRun(id, client));
        }

        return run;
    }

    public AgentRun? FindRun(string id) => id.Length > 0 && _runs.TryGetValue(id, out var run) ? run : null;

    public void Forget(AgentRun run) => _runs.Remove(run.Id);

    public ToolFacts Tool(string runId, string callId)
    {
        if (!_tools.TryGetValue((runId, callId), out var tool))
        {
            _tools.Add((runId, callId), tool = new ToolFacts(runId, callId));
        }

        return tool;
    }

    public ToolFacts? FindTool(string runId, string callId) => _tools.GetValueOrDefault((runId, callId));

    /// <summary>The node of this id; made where it is not there yet.</summary>
    public DraftNode Node(string id, string kind)
    {
        if (!_nodes.TryGetValue(id, out var node))
        {
            _nodes.Add(id, node = new DraftNode(id, kind));
        }

        return node;
    }

    public void Remove(DraftNode node) => _nodes.Remove(node.Id);

    /// <summary>The run was heard a moment ago: what its records or other spans tell of may still come as a span of its own.</summary>
    public bool IsFresh(AgentRun run) => Input.Now.Value - run.ReceivedAt.Value < Freshness.Nano;

    /// <summary>Spans of the run are on their way, as far as its log records tell.</summary>
    public bool AwaitsSpans(AgentRun run) => !run.SpansOff && IsFresh(run);

    public DraftNode? FindNode(string id) => _nodes.GetValueOrDefault(id);
}
