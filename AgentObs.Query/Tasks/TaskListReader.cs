using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>Reads tasks off the trees of the sessions that worked on them, so that a task's figures and its sessions' never disagree.</summary>
internal sealed class TaskListReader(ClickHouseStore store, SessionTrees trees)
{
    private static readonly SqlFile ListTaskSessions = Sql.Load("Tasks/ListTaskSessions.sql");

    /// <param name="taskId">Empty: all tasks.</param>
    public async Task<List<TaskSummary>> ListAsync(string taskId, CancellationToken ct)
    {
        var sessions = await store.QueryAsync(ListTaskSessions, new Dictionary<string, object?> { ["task"] = taskId }, row => row.GetString(0), ct);
        var runs = new List<TaskSession>();
        foreach (var session in sessions)
        {
            if (await trees.OfRunAsync(session, true, ct) is { } built)
            {
                runs.AddRange(built.Tasks.Where(run => taskId.Length == 0 || run.TaskId == taskId).Select(run => new TaskSession(built.Session.Id, run)));
            }
        }

        return [.. runs.GroupBy(run => run.Run.TaskId, StringComparer.Ordinal).Select(Summary)];
    }

    private static TaskSummary Summary(IGrouping<string, TaskSession> task) => new(
        task.Key,
        task.Select(run => run.Run.Title).FirstOrDefault(title => title.Length > 0) ?? "",
        task.Select(run => run.Run.Url).FirstOrDefault(url => url.Length > 0) ?? "",
        [.. task.Select(run => run.SessionId).Distinct(StringComparer.Ordinal)],
        [.. task],
        task.Aggregate(TokenCounts.Zero, (sum, run) => sum + run.Run.Tokens),
        task.Sum(run => run.Run.Errors),
        task.Sum(run => run.Run.DurationNano));
}
