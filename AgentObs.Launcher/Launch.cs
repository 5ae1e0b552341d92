using System.Runtime.Versioning;
using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary><c>agentobs run</c>: starts the command where the launcher stands, waits, and tells AgentObs how it went.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Launch
{
    /// <summary>The launcher as a program of its own.</summary>
    public const string ProgramName = "agentobs-launcher";

    /// <returns>The child's exit code; 127 and 126 as a shell gives them; where a signal ended the child, the same ends this process.</returns>
    public static int Run(RunArguments arguments)
    {
        var run = LaunchedRun.Begin(Environment.GetEnvironmentVariable, arguments, CurrentFolder());
        RunningAddresses addresses;
        try
        {
            addresses = RunningAddresses.Find(Environment.GetEnvironmentVariable);
        }
        catch (FormatException wrong)
        {
            StandardError.Say(wrong.Message);
            return RunArguments.UsageExitCode;
        }

        var program = Path.GetFileName(arguments.Command[0]);
        var agent = KnownAgent.Of(program, Environment.GetEnvironmentVariable, addresses);
        if (agent?.Elsewhere is { } elsewhere && !run.Nested)
        {
            StandardError.Say($"{program} sends its telemetry to {elsewhere}, which is left alone. Next: agentobs doctor");
        }

        var content = ContentVariable.Read(Environment.GetEnvironmentVariable);
        var report = new RunReport(run, addresses, CommandText.Of(arguments.Command, content), program);
        using var signals = new SignalForwarding();
        var exit = Child(arguments, run, agent, report, signals);
        report.End(exit);
        if (exit.Signal > 0)
        {
            UnixChild.DieFrom(exit.Signal);
        }

        return exit.Code;
    }

    private static ChildExit Child(RunArguments arguments, LaunchedRun run, KnownAgent? agent, RunReport report, SignalForwarding signals)
    {
        var command = arguments.Command[0];
        var chain = WrapperChain.Read(Environment.GetEnvironmentVariable, run.Caller);
        var path = ProgramSearch.Find(command, Environment.GetEnvironmentVariable("PATH") ?? "", out var problem, chain);
        if (path is null && arguments.Shim && problem.Code == 127)
        {
            path = ProgramSearch.Find(command, Environment.GetEnvironmentVariable(ChildEnvironment.PathVariable) ?? "", out problem, chain);
        }

        if (path is null)
        {
            StandardError.Say($"cannot start '{command}': {problem.Problem}.");
            return problem;
        }

        var changes = ChildEnvironment.Changes(run, agent, Folder(), Environment.GetEnvironmentVariable);
        changes[WrapperChain.Variable] = WrapperChain.Text(chain, path);
        var child = UnixChild.Start(path, [command, .. agent?.Arguments ?? [], .. arguments.Command.Skip(1)], changes, out var error);
        if (child is null && error == LibC.TooBig)
        {
            // Linux takes 128 KiB a variable. The agent matters more than what is known of it.
            StandardError.Say($"'{command}' gets none of AgentObs's variables: with them its environment is too large. Next: look at {ResourceAttributes.Variable}, --title and --url");
            child = UnixChild.Start(path, arguments.Command, new Dictionary<string, string?>(), out error);
        }

        if (child is null)
        {
            problem = new ChildExit(error == LibC.NoEntry ? 127 : 126, Problem: System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error));
            StandardError.Say($"cannot start '{command}': {problem.Problem}.");
            return problem;
        }

        signals.To(child.Pid);
        report.Start();
        var exit = child.Wait();
        signals.Ended();
        return exit;
    }

    // It may have been removed: a shell starts programs there all the same.
    private static string CurrentFolder()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static LauncherFolder? Folder()
    {
        var folder = new LauncherFolder(DataHome.Resolve(Setting.Data.Read(Environment.GetEnvironmentVariable)));
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var installed = KnownAgent.Names.Where(name => ProgramSearch.Find(name, path, out _) is not null);
        return folder.Ensure(Path.Combine(AppContext.BaseDirectory, ProgramName), installed) ? folder : null;
    }
}
