using System.Globalization;
using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>
/// Which agent called the launcher, by the ids that agents leave in the environment. They are inherited from agent to agent, so a launcher notes those
/// that its own child starts with: what is different below was set by that child, and is the nearest.
/// </summary>
internal static class CallerIds
{
    /// <summary>The ids as the launched child got them, in the order of <see cref="ParentIds.All"/>, with <c>|</c> between.</summary>
    public const string BaselineVariable = "AGENTOBS_LAUNCH_IDS";

    private const char Separator = '|';

    /// <summary>Programs that only run others: the agent is the process that started them.</summary>
    private static readonly HashSet<string> Carriers = new(StringComparer.Ordinal)
    {
        "sh", "bash", "dash", "zsh", "ksh", "fish", "busybox", "env", "timeout", "nohup", "time", "nice", "setsid", "stdbuf", "xargs", "sudo",
    };

    /// <summary>Resource attributes <c>agentobs.parent.*</c>; none where no agent called.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(Func<string, string?> variable)
    {
        var baseline = (variable(BaselineVariable) ?? "").Split(Separator);
        List<KeyValuePair<string, string>> ids =
        [
            .. ParentIds.All
                .Select((id, i) => (id.Name, Value: variable(id.Variable) ?? "", Before: i < baseline.Length ? baseline[i] : ""))
                .Where(id => id.Value.Length > 0 && id.Value != id.Before)
                .Select(id => KeyValuePair.Create(ParentIds.Prefix + id.Name, id.Value)),
        ];
        if (ids.Count > 0 && CallerPid() is > 1 and var pid)
        {
            ids.Add(new(ParentIds.Prefix + ParentIds.Pid, pid.ToString(CultureInfo.InvariantCulture)));
        }

        return ids;
    }

    /// <param name="traceParent">What the child gets instead of the launcher's own.</param>
    public static string Baseline(Func<string, string?> variable, string traceParent) =>
        string.Join(Separator, ParentIds.All.Select(id => id.Name == ParentIds.TraceParent ? traceParent : variable(id.Variable) ?? ""));

    private static int CallerPid()
    {
        var pid = LibC.ParentProcessId();
        while (OperatingSystem.IsLinux() && pid > 1 && Stat(pid) is var (name, parent) && Carriers.Contains(name))
        {
            pid = parent;
        }

        return pid;
    }

    // "4711 (bash) S 4700 ..."; the name may hold anything, parentheses too.
    private static (string Name, int Parent) Stat(int pid)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var open = text.IndexOf('(', StringComparison.Ordinal);
            var close = text.LastIndexOf(')');
            return (text[(open + 1)..close], int.Parse(text[(close + 4)..].Split(' ')[0], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ("", 0);
        }
    }
}
