using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>
/// Sends what <see cref="RunTelemetry"/> makes, beside the child: nothing waits for it but the end of the launcher, at most a second. That AgentObs is
/// not there is said once, by the outermost launcher.
/// </summary>
internal sealed class RunReport(LaunchedRun run, RunningAddresses addresses, string commandLine, string program)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private int _said;

    /// <summary>The child runs.</summary>
    public void Start() => Send("v1/logs", () => RunTelemetry.Started(run, commandLine, program));

    /// <summary>The child ended, or could not be started.</summary>
    public void End(ChildExit exit)
    {
        var end = run.Moment;
        var state = run.Parent is null ? null : Environment.GetEnvironmentVariable("TRACESTATE");
        if (!Send("v1/traces", () => RunTelemetry.Ended(run, commandLine, program, exit, end, state)).Join(Limit))
        {
            Say("did not confirm within a second that it has this run", OtlpPost.Doctor);
        }
    }

    private Thread Send(string path, Func<byte[]> body)
    {
        var thread = new Thread(() =>
        {
            if (OtlpPost.Send(new Uri(addresses.OtlpHttp, path), addresses.Token, body()) is var (problem, next))
            {
                Say($"does not have this run: {problem}", next);
            }
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Say(string problem, string next)
    {
        if (!run.Nested && Interlocked.Exchange(ref _said, 1) == 0)
        {
            StandardError.Say($"AgentObs at {addresses.OtlpHttp.GetLeftPart(UriPartial.Authority)} {problem}. Next: {next}");
        }
    }
}
