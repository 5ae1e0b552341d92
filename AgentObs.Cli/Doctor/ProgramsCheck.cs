using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentObs.Cli.Doctor;

/// <summary>Which agents are installed, where, in which version, and whether a login shell finds them.</summary>
internal sealed partial class ProgramsCheck : DoctorCheck
{
    private static readonly TimeSpan VersionLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShellLimit = TimeSpan.FromSeconds(4);

    public override string Area => "agents";

    public override string Subject => "installed agents";

    public override TimeSpan Limit => TimeSpan.FromSeconds(12);

    public override async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var machine = patient.Machine;
        var shims = patient.ShimFolder;
        var login = LoginPathAsync(machine, cancellation);
        var found = await Task.WhenAll(KnownAgent.All.Select(async agent =>
        {
            var places = Installation.Find(agent.Program, machine.Path, shims);
            return (Agent: agent, Places: places, Versions: await Task.WhenAll(places.Select(place => VersionAsync(place, machine, cancellation))));
        }));
        var there = found.Where(one => one.Places.Count > 0).ToList();
        if (there.Count == 0)
        {
            return [Finding.Warning(
                "agents.none", $"No agent is on PATH: {string.Join(", ", KnownAgent.All.Select(agent => agent.Program))}.",
                "export PATH=\"<the agent's folder>:$PATH\"   (nothing, where AgentObs only receives from elsewhere)", $"PATH={machine.Variable("PATH")}")];
        }

        var findings = new List<Finding>
        {
            Finding.Ok(
                "agents.found",
                $"Agents: {string.Join(", ", there.Select(one => $"{one.Agent.Program} {one.Versions[0].Version ?? "?"}"))}.",
                [.. there.SelectMany(one => one.Places.Select((place, i) =>
                    $"{one.Agent.Program} {one.Versions[i].Version ?? "?"} ({place.Kind}): {Way(place)}; recorded with {one.Agent.Recorded}"))]),
        };
        foreach (var (agent, places, versions) in there)
        {
            findings.AddRange(Judge(agent, places, versions, machine));
        }

        if (LoginShell(machine, shims, there.Select(one => one.Agent), await login) is { } lost)
        {
            findings.Add(lost);
        }

        return findings;
    }

    private static IEnumerable<Finding> Judge(KnownAgent agent, IReadOnlyList<Installation> places, (string? Version, string Fault)[] versions, Machine machine)
    {
        if (versions[0].Version is null)
        {
            yield return Finding.Warning(
                "agents.version", $"{agent.Program} --version does not answer: {versions[0].Fault}.", $"{machine.Short(places[0].Path)} --version   (then: npm install -g {agent.Package})", Way(places[0]));
        }
        else if (agent.Oldest is { } oldest && IsOlder(versions[0].Version!, oldest))
        {
            yield return Finding.Problem(
                "agents.old", $"{agent.Program} {versions[0].Version} sends no spans; {agent.Recorded} does.",
                $"npm install -g {agent.Package}@{agent.Recorded}   (Node 22 or later)", Way(places[0]));
        }

        if (versions.Select(version => version.Version).OfType<string>().Distinct(StringComparer.Ordinal).Count() > 1)
        {
            yield return Finding.Warning(
                "agents.several", $"{agent.Program} is installed {places.Count} times in different versions; the first one on PATH runs.",
                places.Skip(1).Any(place => place.Kind == "npm") ? $"npm uninstall -g {agent.Package}   (or remove the other one)" : $"rm {places[1].Path}   (or the other one)",
                [.. places.Select((place, i) => $"{versions[i].Version ?? "?"}: {Way(place)}")]);
        }
    }

    /// <summary>Codex runs its commands with <c>bash -lc</c>: /etc/profile and the user's own may set PATH anew.</summary>
    private static Finding? LoginShell(Machine machine, string shims, IEnumerable<KnownAgent> there, BoundedProcess? shell)
    {
        if (shell is null)
        {
            return null;
        }

        if (shell.ExitCode is null)
        {
            return Finding.Warning(
                "agents.login-shell", string.Create(CultureInfo.InvariantCulture, $"A login shell did not start within {ShellLimit.TotalSeconds:0} s; codex starts one for each command."),
                $"time bash -lc true   (then look at ~/{ProfileOf(machine)})", shell.Output.Trim().Length > 0 ? [shell.Output.Trim()] : []);
        }

        var folders = Machine.Folders(shell.Output.Trim().Split('\n')[^1]);
        var lost = there.Where(agent => Installation.Find(agent.Program, folders, shims).Count == 0).ToList();
        if (lost.Count == 0)
        {
            return null;
        }

        var missing = lost.Select(agent => System.IO.Path.GetDirectoryName(Installation.Find(agent.Program, machine.Path, shims)[0].Path)!).Distinct(StringComparer.Ordinal).ToList();
        return Finding.Warning(
            "agents.login-shell",
            $"A login shell does not find {string.Join(", ", lost.Select(agent => agent.Program))}: codex runs its commands with `bash -lc`, so what it starts by name is \"command not found\".",
            $"echo 'export PATH=\"{string.Join(':', missing)}:$PATH\"' >> ~/{ProfileOf(machine)}",
            $"PATH of bash -lc: {string.Join(':', folders)}");
    }

    // Bash reads the first of them that is there.
    private static string ProfileOf(Machine machine) =>
        ((string[])[".bash_profile", ".bash_login"]).FirstOrDefault(name => File.Exists(System.IO.Path.Combine(machine.Home, name))) ?? ".profile";

    private static async Task<BoundedProcess?> LoginPathAsync(Machine machine, CancellationToken cancellation)
    {
        var bash = Installation.Find("bash", machine.Path, "");
        return bash.Count == 0 ? null : await BoundedProcess.RunAsync(bash[0].Path, ["-lc", "printf '\\n%s' \"$PATH\""], machine.Environment, ShellLimit, cancellation);
    }

    private static async Task<(string? Version, string Fault)> VersionAsync(Installation place, Machine machine, CancellationToken cancellation)
    {
        // Asking for the version must change nothing.
        var environment = new Dictionary<string, string>(machine.Environment, StringComparer.Ordinal) { ["DISABLE_AUTOUPDATER"] = "1" };
        var answer = await BoundedProcess.RunAsync(place.Path, ["--version"], environment, VersionLimit, cancellation);
        return VersionText().Match(answer.Output) is { Success: true } match
            ? (match.Value, "")
            : (null, answer.ExitCode is { } code
                ? string.Create(CultureInfo.InvariantCulture, $"exit code {code}")
                : answer.Output.Length > 0 ? answer.Output.Trim() : string.Create(CultureInfo.InvariantCulture, $"nothing within {VersionLimit.TotalSeconds:0} s"));
    }

    private static string Way(Installation place) => place.Path == place.Target ? place.Path : $"{place.Path} -> {place.Target}";

    private static bool IsOlder(string version, string than) =>
        Version.TryParse(version.Split('-', '+')[0], out var has) && has < Version.Parse(than);

    [GeneratedRegex(@"\d+\.\d+\.\d+[\w.+-]*")]
    private static partial Regex VersionText();
}
