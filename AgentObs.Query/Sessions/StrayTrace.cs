using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>
/// A runtime trace without any id (codex sends 10 to 17 a process) that belongs to this session by service and time. The builder places it
/// in a run, by <c>service.instance.id</c> where the launcher set it (proven), else by time, or in "unassigned runtime".
/// </summary>
/// <param name="InstanceId">Resource attribute <c>service.instance.id</c>; empty where there is none.</param>
internal sealed record StrayTrace(string TraceId, string Service, string InstanceId, UnixNano Start, UnixNano End, IReadOnlyList<SpanRow> Spans)
{
    /// <summary>True where a run of another session fits as well: time alone cannot place it in a run, so it is "unassigned runtime".</summary>
    public bool FitsElsewhere { get; init; }
}
