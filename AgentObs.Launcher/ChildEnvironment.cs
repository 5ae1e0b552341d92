using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>Which variables the child gets otherwise than the launcher has them; null removes one.</summary>
internal static class ChildEnvironment
{
    public static Dictionary<string, string?> Changes(LaunchedRun run, KnownAgent? agent, Func<string, string?> variable)
    {
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["TRACEPARENT"] = run.Context.ToString(),
            [ResourceAttributes.Variable] = ChildResource.Text(variable(ResourceAttributes.Variable), run),
        };
        if (run.Parent is null)
        {
            // It belongs to a TRACEPARENT that is not there or is none.
            changes["TRACESTATE"] = null;
        }

        foreach (var (name, value) in run.Provenance.Variables())
        {
            changes[name] = value;
        }

        foreach (var (name, value) in agent?.Variables ?? new Dictionary<string, string>())
        {
            changes[name] = value;
        }

        return changes;
    }
}
