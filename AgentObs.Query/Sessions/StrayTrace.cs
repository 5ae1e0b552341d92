using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>
/// A runtime trace without any id (codex sends 10 to 17 a process) that fits this session and no other, by service and by
/// <c>service.instance.id</c> where the launcher set it, else by time. The builder places it in a run or in "unassigned runtime".
/// </summary>
/// <param name="InstanceId">Resource attribute <c>service.instance.id</c>; empty where there is none.</param>
internal sealed record StrayTrace(string TraceId, string Service, string InstanceId, UnixNano Start, UnixNano End, IReadOnlyList<SpanRow> Spans);
