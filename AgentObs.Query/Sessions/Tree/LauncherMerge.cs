using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>
/// A launcher's span and the run of the agent that it started are one run. The agent's telemetry carries the launcher's <c>agentobs.run.id</c>, or
/// its first span names the launcher's as parent. A conversation that was continued has several launchers. A launched process from which no agent was
/// heard stays a run of its own; so does one that several agents came from, a script: they hang under it.
/// </summary>
internal static class LauncherMerge
{
    public static void Merge(SessionDraft draft)
    {
        foreach (var process in draft.Runs.Where(run => run.Client is Launcher).OrderBy(run => run.Start).ThenBy(run => run.Id, StringComparer.Ordinal).ToList())
        {
            var started = draft.Runs
                .Where(run => run.Client is not Launcher && run.Client.Invocation is not null && IsStartedBy(draft, run, process))
                .ToList();
            if (started.Count == 0)
            {
                process.Silent = AgentOf(draft, process);
                continue;
            }

            if (started.Count != 1)
            {
                foreach (var one in started.Where(run => run.Parent is null))
                {
                    one.Parent = new RunParent(EdgeEvidence.Proven, [$"{ProvenanceKeys.RunId} names the process that it was started in"], Run: process);
                }

                continue;
            }

            var agent = started[0];
            agent.Parent = agent.Launched.Count == 0 ? process.Parent : agent.Parent;
            foreach (var i in process.Spans)
            {
                draft.RunOf[i] = agent;
                agent.Launched.Add(i);
            }

            draft.Forget(process);
        }
    }

    // codex sends nothing, or spans without an id, where its model refuses the first request.
    private static AgentClient? AgentOf(SessionDraft draft, AgentRun process)
    {
        var program = draft.Readings[process.Spans[0]].Name;
        return ClientCatalog.All.FirstOrDefault(client => client.Program == program);
    }

    private static bool IsStartedBy(SessionDraft draft, AgentRun run, AgentRun process) =>
        (run.Parent is { Span: >= 0 } parent && ReferenceEquals(draft.RunOf[parent.Span], process))
        || (run.Launches.Any(id => process.Id == Launcher.RunIdOf(id)) && (run.Parent is null or { Missing: not null } || IsSame(run.Parent, process.Parent)));

    // The launcher gives its child the caller's ids that it has itself.
    private static bool IsSame(RunParent one, RunParent? other) =>
        other is not null && one.Span == other.Span && ReferenceEquals(one.Run, other.Run) && ReferenceEquals(one.Call, other.Call);
}
