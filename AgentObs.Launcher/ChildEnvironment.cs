using System.Runtime.Versioning;
using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>Which variables the child gets otherwise than the launcher has them; null removes one.</summary>
[UnsupportedOSPlatform("windows")]
internal static class ChildEnvironment
{
    /// <summary>The user's own BASH_ENV, which the hook reads after itself.</summary>
    public const string ChainedVariable = "AGENTOBS_BASH_ENV";

    /// <summary>PATH of the outermost launcher: a login shell forgets where the agents are, as it forgets the shims.</summary>
    public const string PathVariable = "AGENTOBS_PATH";

    private const string BashEnv = "BASH_ENV";
    private const string SearchPath = "PATH";

    /// <param name="folder">Null where it could not be written: PATH and BASH_ENV then stay.</param>
    public static Dictionary<string, string?> Changes(LaunchedRun run, KnownAgent? agent, LauncherFolder? folder, Func<string, string?> variable)
    {
        var traceParent = run.Context.ToString();
        var resource = variable(ResourceAttributes.Variable) ?? variable(ChildResource.SharedVariable);
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["TRACEPARENT"] = traceParent,
            [ResourceAttributes.Variable] = ChildResource.Text(resource, run),
            [ChildResource.SharedVariable] = ChildResource.Shared(resource, run),
            [CallerIds.BaselineVariable] = CallerIds.Baseline(variable, traceParent),
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

        if (folder is not null)
        {
            Reach(changes, run, folder, variable);
        }

        return changes;
    }

    // Bash expands BASH_ENV as between double quotes: a folder named `$(rm x)` must not run.
    private static string Literal(string path) =>
        string.Concat(path.Select(letter => letter is '\\' or '$' or '`' or '"' ? $"\\{letter}" : letter.ToString()));

    // What makes descendants come through the launcher again.
    private static void Reach(Dictionary<string, string?> changes, LaunchedRun run, LauncherFolder folder, Func<string, string?> variable)
    {
        var path = (variable(SearchPath) ?? "").Split(':').Where(entry => entry != folder.Bin).ToList();
        changes[SearchPath] = string.Join(':', path.Prepend(folder.Bin));
        if (!run.Nested)
        {
            changes[PathVariable] = string.Join(':', path);
        }

        changes[BashEnv] = Literal(folder.HookFile);
        if (variable(BashEnv) is { Length: > 0 } own && !LauncherFolder.IsHook(own))
        {
            changes[ChainedVariable] = own;
        }
    }
}
