namespace AgentObs.Query;

/// <summary>Answer of <c>GET /api/tasks</c>, the task worked on last first.</summary>
public sealed record TaskList(IReadOnlyList<TaskSummary> Tasks);
