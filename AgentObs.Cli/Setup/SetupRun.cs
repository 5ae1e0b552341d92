using System.Globalization;
using AgentObs.Cli.Doctor;
using AgentObs.Cli.Running;
using AgentObs.Conventions;

namespace AgentObs.Cli.Setup;

/// <summary>One call of <c>agentobs setup</c>: each client by itself, so that a broken file of one does not keep the other from being set up.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="machine">Whose settings.</param>
/// <param name="dataFolder">Where the record lies.</param>
/// <param name="running">Where the clients shall send to.</param>
/// <param name="person">Who is told, and may answer.</param>
/// <param name="error">Where failures go.</param>
/// <param name="clock">For the backups' names.</param>
internal sealed class SetupRun(
    SetupOptions options, Machine machine, string dataFolder, RunningAgentObs running, Conversation person, TextWriter error, TimeProvider clock)
{
    private CapturedContent? _asked;

    /// <returns>An exit code: failed where a client is not as it was asked for.</returns>
    public int Run()
    {
        if (machine.Home.Length == 0)
        {
            throw CommandException.Usage("HOME is not set: there is no user whose settings could be changed.", "HOME=/home/you " + options.Command(""));
        }

        using var records = new SetupRecords(dataFolder, options.DryRun).Load();
        var exitCode = ExitCode.Ok;
        foreach (var client in Clients(records))
        {
            try
            {
                exitCode = Math.Max(exitCode, options.Undo ? Undo(client, records) : Set(client, records));
            }
            catch (CommandException failure)
            {
                error.WriteLine($"agentobs: {failure.Message}");
                foreach (var next in failure.Next)
                {
                    error.WriteLine($"Next: {next}");
                }

                exitCode = failure.ExitCode;
            }
        }

        return exitCode;
    }

    private List<SetupClient> Clients(SetupRecords records)
    {
        var shims = Path.Combine(dataFolder, "launcher", "bin");
        var chosen = new List<SetupClient>();
        foreach (var client in SetupClient.All.Where(client => options.Client is null || client.Name == options.Client))
        {
            var path = client.File(machine);
            if (options.Client is not null || (options.Undo ? records.Find(path) is not null : client.IsInstalled(machine, shims)))
            {
                chosen.Add(client);
            }
            else if (!options.Undo)
            {
                person.Say($"{client.Title}: skipped, it is not installed (no {client.Name} on PATH, no {machine.Short(Path.GetDirectoryName(path)!)}). For later: {Invocation.Of($"setup {client.Name}")}");
            }
        }

        if (chosen.Count == 0)
        {
            throw options.Undo
                ? CommandException.Failed($"nothing to undo: {dataFolder} has no record of a setup.", "ls ~/.claude ~/.codex   (backups are named *.agentobs-backup)")
                : CommandException.Failed("neither claude nor codex is installed.", Invocation.Of("setup claude") + "   (writes the settings for later)");
        }

        return chosen;
    }

    private int Set(SetupClient client, SetupRecords records)
    {
        var file = new SettingsFile(client.File(machine), machine);
        var earlier = records.Find(file.Path);
        var present = SetupPlan.Make(client, file, running, CapturedContent.None, earlier);
        if (!options.Replace && Foreign(client, present) is { Count: > 0 } foreign)
        {
            Keep(client, present, foreign);
            return ExitCode.Failed;
        }

        var plan = SetupPlan.Make(client, file, running, Content(client, present), earlier);
        if (plan.IsNothing)
        {
            person.Say($"{client.Title}: nothing to do, {file.Shown} sends to {Endpoint} already.");
            WarnOfOthers(client, plan);
            return ExitCode.Ok;
        }

        person.Say($"{client.Title}: {file.Shown}{(plan.Before is null ? " (new file)" : "")}");
        person.Show(plan.Before, plan.After);
        if (!person.Agrees(options))
        {
            return options.DryRun ? ExitCode.Ok : ExitCode.Failed;
        }

        var backup = plan.IsKept(earlier) ? null : file.Backup(plan.Before!, clock.GetUtcNow());
        Write(plan, records, plan.Record(earlier, backup), backup);
        person.Say($"{client.Title}: done. {(backup is null ? "" : $"Before: {machine.Short(backup)}. ")}Back: {Invocation.Of($"setup {client.Name} --undo")}");
        if (running.Token.Length > 0 && file.IsOpenToOthers())
        {
            person.Say($"  The file holds AgentObs's token and others on this machine may read it: chmod 600 {file.Shown}");
        }

        if (plan.Foreign.Count > 0)
        {
            person.Say($"  It sent elsewhere. AgentObs hands everything on there when it is started with: {Forward.Variables(client, plan)}");
        }

        WarnOfOthers(client, plan);
        return ExitCode.Ok;
    }

    private int Undo(SetupClient client, SetupRecords records)
    {
        var file = new SettingsFile(client.File(machine), machine);
        if (records.Find(file.Path) is not { } earlier)
        {
            person.Say($"{client.Title}: nothing to undo, setup did not change {file.Shown}.");
            return ExitCode.Ok;
        }

        var plan = SetupPlan.Back(client, file, earlier, out var isWhole, out var left);
        if (plan.IsNothing)
        {
            person.Say($"{client.Title}: {file.Shown} has nothing of setup's any more.");
            if (!options.DryRun)
            {
                records.Put(file.Path, null);
            }

            return ExitCode.Ok;
        }

        person.Say(isWhole
            ? $"{client.Title}: {file.Shown} {(plan.After is null ? "goes: there was none before setup" : "as it was before setup")}"
            : $"{client.Title}: {file.Shown} was edited since setup: only what setup wrote goes, your edits stay");
        person.Show(plan.Before, plan.After);
        if (left.Count > 0)
        {
            person.Say($"  Changed by you since, and left as they are: {string.Join(", ", left)}");
        }

        if (!person.Agrees(options))
        {
            return options.DryRun ? ExitCode.Ok : ExitCode.Failed;
        }

        file.Write(plan.Before, plan.After);
        records.Put(file.Path, null);
        if (isWhole && earlier.Backup is { } backup)
        {
            // The file is what the backup was.
            File.Delete(backup);
        }

        person.Say($"{client.Title}: undone.{(!isWhole && earlier.Backup is not null ? $" The file before setup: {machine.Short(earlier.Backup)}" : "")}");
        return ExitCode.Ok;
    }

    // The record first: were the machine to stop between the two, undo finds a file that it did not write, and leaves its values alone.
    private static void Write(SetupPlan plan, SetupRecords records, ChangedFile record, string? backup)
    {
        var earlier = records.Find(record.Path);
        var isDone = false;
        try
        {
            records.Put(record.Path, record);
            plan.File.Write(plan.Before, plan.After);
            isDone = true;
        }
        finally
        {
            if (!isDone && backup is not null)
            {
                File.Delete(backup);
            }

            if (!isDone)
            {
                records.Put(record.Path, earlier);
            }
        }
    }

    private string Endpoint => running.OtlpGrpc.GetLeftPart(UriPartial.Authority);

    // What a shell that switches Claude's telemetry on says counts as the user's as much as a file does.
    private List<string> Foreign(SetupClient client, SetupPlan plan)
    {
        var found = plan.Foreign.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Value}   ({plan.File.Shown}:{line.Line}, {line.Name})")).ToList();
        const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";
        if (client is ClaudeSetup && plan.Before is null or { Length: 0 } && machine.Variable("CLAUDE_CODE_ENABLE_TELEMETRY") is not null
            && machine.Variable(Variable) is { } shell && !running.IsOurs(shell))
        {
            found.Add($"{shell}   ({Variable} of this shell)");
        }

        return found;
    }

    private void Keep(SetupClient client, SetupPlan present, List<string> foreign)
    {
        person.Say($"{client.Title}: nothing was changed. Its telemetry goes to an address of yours:");
        foreach (var line in foreign)
        {
            person.Say("    " + line);
        }

        var forward = present.Foreign.Count > 0 ? Forward.Variables(client, present) : $"{Setting.ForwardUrl.Variable}={foreign[0].Split(' ')[0]}";
        person.Say($"  To have it here and there: {options.Command("--replace", client.Name)}");
        person.Say($"  and start AgentObs so that it hands everything on: {forward} {Invocation.Of("serve")}");
        person.Say($"  For single runs: {Invocation.Of($"run -- {client.Name}")}");
    }

    private CapturedContent Content(SetupClient client, SetupPlan present)
    {
        if (options.Prompts is { } prompts)
        {
            return prompts ? CapturedContent.Prompts | CapturedContent.ToolDetails | (Known(client, present) & CapturedContent.ToolOutputs ?? 0) : CapturedContent.None;
        }

        if (Known(client, present) is { } known)
        {
            return known;
        }

        if (_asked is { } before)
        {
            return before;
        }

        if (!person.IsSomebodyThere || options.Yes || options.DryRun)
        {
            person.Say($"What you type to agents is not stored, its length only (nobody was asked; {options.Command("--prompts on")} stores it). Commands and paths of their tools are (--prompts off leaves Claude's out).");
            _asked = CapturedContent.ToolDetails;
        }
        else
        {
            person.Say("Everything stays on this machine, in your data folder.");
            _asked = (person.Ask("Store what you type to agents?", usual: false) ? CapturedContent.Prompts : 0)
                | (client is not ClaudeSetup || person.Ask("Store commands and paths of Claude's tools? Without them AgentObs cannot show which command started a run.", usual: true) ? CapturedContent.ToolDetails : 0);
        }

        return _asked.Value;
    }

    private static CapturedContent? Known(SetupClient client, SetupPlan present) => client.Content(present.Before is null ? [] : client.Read(present.Before));

    // Settings of a project, or of the machine's administrator, stand over the user's.
    private void WarnOfOthers(SetupClient client, SetupPlan plan)
    {
        if (client is not ClaudeSetup)
        {
            return;
        }

        var seen = ClaudeSettingFiles.Read(machine);
        foreach (var key in client.Wanted(Endpoint, CapturedContent.None, running.Token).Select(pair => pair.Key))
        {
            if (seen.Find(key) is { IsShell: false } told && !told.Where.StartsWith(plan.File.Shown + ":", StringComparison.Ordinal)
                && client.Text.Find(plan.After ?? [], key) is { } own && own.Trim('"') != told.Value)
            {
                person.Say($"  Here another file stands over it: {seen.Line(key)}");
            }
        }
    }
}
