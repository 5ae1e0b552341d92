using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>One agent inside a session: a Claude session, a codex conversation, a program's trace.</summary>
internal sealed class AgentRun(string id, AgentClient client)
{
    public string Id { get; } = id;
    public AgentClient Client { get; set; } = client;
    public string Service { get; set; } = "";

    /// <summary>Session.agent of it: <c>claude-code</c>, <c>codex</c>, <c>github-copilot</c>, <c>sdk</c>, ...</summary>
    public string Agent => (Silent ?? Client).AgentOf(Service, HasConversation);

    /// <summary>Of a launched process: the agent that its program is, and of which nothing else was received.</summary>
    public AgentClient? Silent { get; set; }

    /// <summary>Its id is the agent's own; else it is only its trace's.</summary>
    public bool HasConversation => !Id.StartsWith(Ids.TraceSessionPrefix, StringComparison.Ordinal);
    public string Conversation => HasConversation ? Id : "";
    public string Model { get; set; } = "";
    public List<int> Spans { get; } = [];
    /// <summary>Spans of the launchers that started it.</summary>
    public List<int> Launched { get; } = [];

    /// <summary>The id of the session where it is the outermost run: a launched process has only its trace's.</summary>
    public string SessionId { get; set; } = id;
    public List<int> Logs { get; } = [];
    public UnixNano Start { get; private set; } = new(long.MaxValue);
    public UnixNano End { get; private set; } = new(long.MinValue);
    public UnixNano ReceivedAt { get; private set; } = new(long.MinValue);

    /// <summary>Entry spans in the order of their start: codex.exec, an interaction, a root invoke_agent.</summary>
    public List<int> Primaries { get; } = [];

    /// <summary>Where it hangs; null for the session's outermost run.</summary>
    public RunParent? Parent { get; set; }

    /// <summary>The node under which what names no other parent hangs: the session's own for its outermost run.</summary>
    public DraftNode? Node { get; set; }
    public string Task { get; set; } = "";

    /// <summary>The caller's span as the run's entry spans name it, received or not.</summary>
    public SpanKey Origin { get; set; } = new("", "");
    public HashSet<string> Instances { get; } = new(StringComparer.Ordinal);

    /// <summary>agentobs.run.id of each of its processes.</summary>
    public HashSet<string> Launches { get; } = new(StringComparer.Ordinal);
    public AttributeMap Resource { get; set; }

    /// <summary>Its log records say that no spans are sent.</summary>
    public bool SpansOff { get; set; }

    public void From(AttributeMap resource)
    {
        if (resource.First("service.instance.id") is { Length: > 0 } instance)
        {
            Instances.Add(instance);
        }

        if (resource.First(ProvenanceKeys.RunId) is { Length: > 0 } launch)
        {
            Launches.Add(launch);
        }
    }

    public void See(UnixNano start, UnixNano end, UnixNano received)
    {
        Start = start < Start ? start : Start;
        End = end > End ? end : End;
        ReceivedAt = received > ReceivedAt ? received : ReceivedAt;
    }
}
