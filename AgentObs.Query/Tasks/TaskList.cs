namespace AgentObs.Query;

/// <summary>Answer of <c>GET /api/tasks</c>, the task worked on last first.</summary>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record TaskList(IReadOnlyList<TaskSummary> Tasks, string? NextCursor);
