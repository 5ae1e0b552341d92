using System.Text.Json;
using AgentObs.Tests.Cli;

namespace AgentObs.Tests.Launcher;

/// <summary>The session of a task, as the API shows it.</summary>
internal static class LaunchedSession
{
    /// <summary>Waits until it is there: the launcher waits a second for the confirmation, a busy machine may take longer.</summary>
    public static async Task<List<JsonElement>> NodesAsync(AgentObsProcess serve, string task)
    {
        var session = await SessionAsync(serve, task);
        return await ArrayAsync(serve, $"/api/sessions/{session.GetProperty("id").GetString()}/tree", "nodes");
    }

    public static async Task<string?> StateAsync(AgentObsProcess serve, string task) => (await SessionAsync(serve, task)).GetProperty("state").GetString();

    private static async Task<JsonElement> SessionAsync(AgentObsProcess serve, string task)
    {
        var sessions = await ArrayAsync(serve, $"/api/sessions?task={task}", "sessions");
        while (sessions.Count == 0)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            sessions = await ArrayAsync(serve, $"/api/sessions?task={task}", "sessions");
        }

        return Assert.Single(sessions);
    }

    private static async Task<List<JsonElement>> ArrayAsync(AgentObsProcess serve, string path, string name)
    {
        using var answer = JsonDocument.Parse(await serve.Http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));
        return [.. answer.RootElement.GetProperty(name).EnumerateArray().Select(element => element.Clone())];
    }
}
