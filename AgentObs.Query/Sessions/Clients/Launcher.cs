using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>The span that <c>agentobs run</c> sends for the process that it started: command, folder, exit code.</summary>
internal sealed class Launcher : AgentClient
{
    /// <summary>Name of the launcher's span.</summary>
    public const string SpanName = RunNames.Span;

    public static string RunIdOf(string launchId) => "run:" + launchId;

    public override string Key => "launcher";

    public override string AgentOf(string service, bool conversation) => "process";

    public override bool RunIsInsideSession => true;

    public override SpanReading Read(SpanRow span, SpanRule rule)
    {
        var a = span.Attributes;
        var exit = a.Has("process.exit.code") ? (int?)a.Long("process.exit.code") : null;
        var failed = exit is not (null or 0) || span.StatusCode == "Error";
        var command = a.FirstOf("process.command_line", "process.command", "agentobs.command");
        var launch = a.First(ProvenanceKeys.RunId) is { Length: > 0 } own ? own : span.Resource.First(ProvenanceKeys.RunId);
        return new SpanReading
        {
            Role = SpanRole.AgentRun,
            Primary = true,
            RunId = RunIdOf(launch.Length > 0 ? launch : span.SpanId),
            Name = a.First("process.executable.name") is { Length: > 0 } name ? name : span.Name,
            Detail = command,
            Command = command,
            Folder = a.FirstOf("process.working_directory", "agentobs.cwd"),
            ExitCode = exit,
            Failed = failed,
            Succeeded = exit == 0,
            Error = failed ? span.StatusMessage.Length > 0 ? span.StatusMessage : $"exit code {exit}" : "",
        };
    }
}
