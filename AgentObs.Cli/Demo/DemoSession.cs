using AgentObs.Cli.Replaying;
using AgentObs.Cli.Rewriting;
using AgentObs.Conventions;

namespace AgentObs.Cli.Demo;

/// <summary>The shipped recording with ids of its own, which are the same every time, so that it can be found and removed.</summary>
internal sealed record DemoSession(string Id, Recording Recording)
{
    private const string Salt = "agentobs-demo";
    private const string SessionKey = "session.id";
    private const long NanosPerMillisecond = 1_000_000;

    /// <param name="now">The session ends about now: nothing of it lies in the future.</param>
    public static async Task<DemoSession> ReadAsync(UnixNano now, CancellationToken cancellation)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "demo");
        if (!Directory.Exists(folder))
        {
            throw CommandException.Failed(
                $"the demo recording is missing at {folder}.",
                "dotnet tool install --global AgentObs.Cli   (again; the installation is incomplete)");
        }

        var recorded = await RecordingReader.ReadAsync(folder, cancellation);
        var length = recorded[0].Requests.Max(request => request.AtMilliseconds);
        var rewritten = RecordingRewriter.Rewrite(recorded, Salt, now.Plus(-length * NanosPerMillisecond))[0];

        // Data points of codex name no session: they could not be removed with it.
        var requests = rewritten.Requests.Where(request => request.Signal != "metrics" || SessionOf(request) is not null).ToList();
        var id = requests.Where(request => request.Signal == "traces").Select(SessionOf).OfType<string>().First();
        return new DemoSession(id, new Recording("demo", requests));
    }

    private static string? SessionOf(RecordedRequest request) => request.Read(body => AttributeSearch.FirstValue(body, SessionKey));
}
