using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentObs.Query;

internal static class TaskEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/tasks", ListAsync)
            .WithName("ListTasks")
            .WithSummary("Tasks with their sessions, runs and tokens; the one worked on last first");
        api.MapGet("/tasks/{id}", FindAsync)
            .WithName("GetTask")
            .WithSummary("One task")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<TaskList>> ListAsync(SessionProjector projector, TaskListReader reader, CancellationToken ct)
    {
        await projector.CatchUpAsync(ct);
        return TypedResults.Ok(new TaskList(await reader.ListAsync("", ct)));
    }

    private static async Task<Results<Ok<TaskSummary>, ProblemHttpResult>> FindAsync(
        [Description("PROJ-123, #12, or what was declared")] string id, SessionProjector projector, TaskListReader reader, CancellationToken ct)
    {
        await projector.CatchUpAsync(ct);
        return (await reader.ListAsync(id, ct)).FirstOrDefault() is { } task ? TypedResults.Ok(task) : Problems.NotFound($"No session worked on a task {id}");
    }
}
