using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentObs.Query;

internal static class TaskEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/tasks", ListAsync)
            .WithName("ListTasks")
            .WithSummary("Tasks with their sessions, runs and tokens; the one worked on last first")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/tasks/{id}", FindAsync)
            .WithName("GetTask")
            .WithSummary("One task")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<TaskList>> ListAsync(
        SessionProjector projector,
        TaskListReader reader,
        CancellationToken ct,
        [Description("Tasks that were worked on then or later")] string? from = null,
        [Description("Tasks on which work began then or earlier")] string? to = null,
        [Description("Text in id, title or url, in any case")] string? q = null,
        string? limit = null,
        string? cursor = null)
    {
        var search = TaskSearch.Parse(from, to, q, limit, cursor);
        await projector.CatchUpAsync(ct);
        return TypedResults.Ok(await reader.ListAsync(search, ct));
    }

    private static async Task<Results<Ok<TaskSummary>, ProblemHttpResult>> FindAsync(
        [Description("PROJ-123, #12 (%23 in a URL), or what was declared")] string id, SessionProjector projector, TaskListReader reader, CancellationToken ct)
    {
        await projector.CatchUpAsync(ct);

        // Of all escapes a route's value keeps this one: owner/repo#12 comes as owner%2Frepo#12.
        return await reader.FindAsync(id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), ct) is { } task ? TypedResults.Ok(task) : Problems.NotFound($"No session worked on a task {id}");
    }
}
