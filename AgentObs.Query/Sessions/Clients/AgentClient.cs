using System.Text.RegularExpressions;

namespace AgentObs.Query;

/// <summary>All that is known about one client: its span names, keys and quirks. One file per client derives from it.</summary>
internal abstract class AgentClient
{
    /// <summary>The client's word in <c>SpanRules.json</c>.</summary>
    public abstract string Key { get; }

    /// <summary>Session.agent of a run of this client: <c>claude-code</c>, <c>codex</c>, ...</summary>
    /// <param name="conversation">The run has an id of the agent's own, not only its trace's.</param>
    public virtual string AgentOf(string service, bool conversation) => Key;

    /// <summary>Name of its program, by which a launched one is known that sent nothing; empty where the launcher knows none.</summary>
    public virtual string Program => "";

    /// <summary>A command line that starts this agent; null where it is no command.</summary>
    public virtual Regex? Invocation => null;

    /// <summary>Runs of this client are one node inside their session, with turns below (codex); else the session itself is the run.</summary>
    public virtual bool RunIsInsideSession => false;

    /// <summary>Lower wins where several runs of one session have no parent.</summary>
    public virtual int RootRank => 1;

    /// <summary>Hands TRACEPARENT to its shell's children as it got it: such a child is not a direct child of the span named.</summary>
    public virtual bool PassesTraceParentOn => false;

    /// <summary>Its log records name tool calls by the same id as its spans: that id is the node's, whichever of them comes first.</summary>
    public virtual bool LogsNameCalls => false;

    /// <summary>The program's spans take the run of the span above them, else their trace is their run.</summary>
    public virtual bool BorrowsRun => false;

    /// <summary>The id that the row was stored under, where it is more than its trace's.</summary>
    protected static string OwnId(SpanRow span) => span.RunId.StartsWith(Conventions.Ids.TraceSessionPrefix, StringComparison.Ordinal) ? "" : span.RunId;

    public abstract SpanReading Read(SpanRow span, SpanRule rule);

    public virtual LogReading Read(LogRow log) => LogReading.Nothing;
}
