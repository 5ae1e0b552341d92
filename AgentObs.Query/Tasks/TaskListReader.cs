using System.Data.Common;
using AgentObs.Conventions;
using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>Reads tasks off the projected sessions, whose figures come from their trees: a task and its sessions never disagree.</summary>
internal sealed class TaskListReader(ClickHouseStore store)
{
    private static readonly SqlFile ListTasks = Sql.Load("Tasks/ListTasks.sql");
    private static readonly SqlFile ReadTaskRuns = Sql.Load("Tasks/ReadTaskRuns.sql");

    public async Task<TaskList> ListAsync(TaskSearch search, CancellationToken ct)
    {
        var page = await PageAsync(search, ct);
        var more = page.Count > search.Limit;
        if (more)
        {
            page.RemoveRange(search.Limit, page.Count - search.Limit);
        }

        return new TaskList(await DescribeAsync(page.ConvertAll(task => task.Id), ct), more ? new Cursor(page[^1].Last, page[^1].Id).Encode(Cursor.Tasks) : null);
    }

    /// <returns>Null where no session worked on it.</returns>
    public async Task<TaskSummary?> FindAsync(string taskId, CancellationToken ct) => taskId.Length == 0 ? null : (await DescribeAsync([taskId], ct)).FirstOrDefault();

    private Task<List<(string Id, long Last)>> PageAsync(TaskSearch search, CancellationToken ct) => store.QueryAsync(
        ListTasks,
        new Dictionary<string, object?>
        {
            ["q"] = search.Q,
            ["from"] = search.From.Value,
            ["to"] = search.To.Value,
            ["beforeTime"] = search.Before.Time,
            ["beforeId"] = search.Before.Id,
            ["take"] = search.Limit + 1,
        },
        row => (row.GetString(0), row.GetInt64(1)),
        ct);

    /// <summary>The tasks in the order of their ids.</summary>
    private async Task<List<TaskSummary>> DescribeAsync(List<string> ids, CancellationToken ct)
    {
        var runs = ids.Count == 0
            ? []
            : await store.QueryAsync(ReadTaskRuns, new Dictionary<string, object?> { ["tasks"] = ids.ToArray() }, Read, ct);
        var byTask = runs.ToLookup(run => run.Run.TaskId, StringComparer.Ordinal);

        // One that is gone was deleted between the two reads.
        return [.. ids.Where(byTask.Contains).Select(id => Summary(id, [.. byTask[id]]))];
    }

    private static TaskSummary Summary(string id, List<TaskSession> runs) => new(
        id,
        runs.Select(run => run.Run.Title).FirstOrDefault(title => title.Length > 0) ?? "",
        runs.Select(run => run.Run.Url).FirstOrDefault(url => url.Length > 0) ?? "",
        [.. runs.Select(run => run.SessionId).Distinct(StringComparer.Ordinal)],
        runs,
        runs.Aggregate(TokenCounts.Zero, (sum, run) => sum + run.Run.Tokens),
        runs.Sum(run => run.Run.Errors),
        runs.Sum(run => run.Run.DurationNano));

    private static TaskSession Read(DbDataReader row) => new(row.GetString(0), new TaskRun(
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.GetString(5),
        row.GetString(6),
        row.GetString(7),
        new TokenCounts((long)row.Number(8), (long)row.Number(9), (long)row.Number(10), (long)row.Number(11), (long)row.Number(12)),
        row.Count(13),
        new UnixNano(row.GetInt64(14)),
        row.GetInt64(15)));
}
