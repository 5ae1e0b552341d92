using System.Globalization;
using System.Text;
using AgentObs.Cli.Doctor;
using AgentObs.Conventions;

namespace AgentObs.Cli.Setup;

/// <summary><c>agentobs setup --service</c>: AgentObs starts at login.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="machine">Whose login.</param>
/// <param name="dataFolder">Of the AgentObs that shall start.</param>
/// <param name="person">Who is told, and may answer.</param>
/// <param name="clock">For the backup's name.</param>
internal sealed class ServiceRun(SetupOptions options, Machine machine, string dataFolder, Conversation person, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // What systemctl --user is-system-running answers where a manager is: "degraded" is one with a failed unit of somebody's.
    private static readonly string[] Managed = ["running", "degraded", "starting", "initializing"];

    /// <returns>An exit code.</returns>
    /// <exception cref="CommandException">The file cannot be written, or the manager refuses it.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (machine.Home.Length == 0)
        {
            throw CommandException.Usage("HOME is not set: there is no login to start at.", "HOME=/home/you " + options.Command(""));
        }

        var unit = await UnitAsync(cancellation);
        var file = new SettingsFile(unit.Path, machine);
        var before = file.Read();
        return options.Undo ? await UndoAsync(unit, file, before, cancellation) : await SetAsync(unit, file, before, cancellation);
    }

    private async Task<ServiceUnit> UnitAsync(CancellationToken cancellation)
    {
        if (OperatingSystem.IsMacOS())
        {
            var id = await BoundedProcess.RunAsync("id", ["-u"], machine.Environment, Patience, cancellation);
            return ServiceUnit.Launchd(machine, dataFolder, ServiceUnit.ThisProgram(), uint.Parse(id.Output, CultureInfo.InvariantCulture));
        }

        return OperatingSystem.IsLinux()
            ? ServiceUnit.Systemd(machine, dataFolder, ServiceUnit.ThisProgram())
            : throw CommandException.Failed("--service knows systemd (Linux) and launchd (macOS) alone.", Invocation.Of("serve"));
    }

    private async Task<int> SetAsync(ServiceUnit unit, SettingsFile file, byte[]? before, CancellationToken cancellation)
    {
        var after = Encoding.UTF8.GetBytes(unit.Text);
        if (before is not null && before.AsSpan().SequenceEqual(after))
        {
            person.Say($"Service: nothing to do, {file.Shown} is as it should be.");
        }
        else
        {
            person.Say($"Service: {file.Shown}{(before is null ? " (new file)" : "")}");
            person.Show(before, after);
            if (!person.Agrees(options))
            {
                return options.DryRun ? ExitCode.Ok : ExitCode.Failed;
            }

            if (before is not null)
            {
                person.Say($"  Before: {machine.Short(file.Backup(before, clock.GetUtcNow()))}");
            }

            file.Write(before, after);
        }

        if (options.DryRun)
        {
            return ExitCode.Ok;
        }

        foreach (var secret in ServiceUnit.Secrets.Where(secret => machine.Variable(secret.Variable) is not null))
        {
            person.Say(OperatingSystem.IsMacOS()
                ? $"  {secret.Variable} of this shell is not in it: add it to EnvironmentVariables, and chmod 600 {file.Shown}"
                : $"  {secret.Variable} of this shell is not in it: (umask 077; echo {secret.Variable}=... >> {machine.Short(Path.Combine(dataFolder, ServiceUnit.SecretsFile))})");
        }

        if (EndpointsFile.Read(dataFolder) is { } running)
        {
            person.Say(string.Create(CultureInfo.InvariantCulture, $"Service: AgentObs runs already (pid {running.Pid}). End that one, or let it be the service's at the next login:"));
            Tell(unit.Start);
            return ExitCode.Ok;
        }

        return await DoAsync(unit.Start, "AgentObs starts, now and at each login. Its log: " + (OperatingSystem.IsMacOS() ? Path.Combine(dataFolder, "service.log") : "journalctl --user -u agentobs"), cancellation);
    }

    private async Task<int> UndoAsync(ServiceUnit unit, SettingsFile file, byte[]? before, CancellationToken cancellation)
    {
        if (before is null)
        {
            person.Say($"Service: nothing to undo, there is no {file.Shown}.");
            return ExitCode.Ok;
        }

        person.Say($"Service: {file.Shown} goes, and AgentObs ends where it runs as a service");
        person.Show(before, null);
        if (!person.Agrees(options))
        {
            return options.DryRun ? ExitCode.Ok : ExitCode.Failed;
        }

        var exitCode = await DoAsync(unit.Stop, "AgentObs does not start at login.", cancellation);
        if (!before.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(unit.Text)))
        {
            person.Say($"  It was not what setup writes here today; it is kept: {machine.Short(file.Backup(before, clock.GetUtcNow()))}");
        }

        file.Write(before, null);
        return exitCode;
    }

    // Over ssh or in a container there may be no manager of the user's: the commands are for the next login then.
    private async Task<int> DoAsync(IReadOnlyList<string[]> commands, string done, CancellationToken cancellation)
    {
        var manager = OperatingSystem.IsMacOS() ? "running" : (await CallAsync(["systemctl", "--user", "is-system-running"], cancellation)).Output.Trim();
        if (!Managed.Contains(manager, StringComparer.Ordinal))
        {
            person.Say("Service: no systemd user manager answers here. In a session of your own:");
            Tell(commands);
            return ExitCode.Ok;
        }

        foreach (var command in commands)
        {
            var ran = await CallAsync(command, cancellation);
            if (ran.ExitCode != 0)
            {
                throw CommandException.Failed($"'{string.Join(' ', command)}' failed: {(ran.ExitCode is null ? "it did not end" : $"exit code {ran.ExitCode}")} {ran.Output}".TrimEnd(), string.Join(' ', command) + "   (to see what it says)");
            }
        }

        person.Say($"Service: {done}");
        return ExitCode.Ok;
    }

    // A name alone would be looked for on this process's PATH, not on the user's.
    private Task<BoundedProcess> CallAsync(string[] command, CancellationToken cancellation) => BoundedProcess.RunAsync(
        Installation.Find(command[0], machine.Path, "").Select(found => found.Path).FirstOrDefault() ?? command[0], command.Skip(1), machine.Environment, Patience, cancellation);

    private void Tell(IReadOnlyList<string[]> commands)
    {
        foreach (var command in commands)
        {
            person.Say("    " + string.Join(' ', command));
        }
    }
}
