using AgentObs.Launcher;

namespace AgentObs.Cli.Commands;

/// <summary>
/// The way from <c>agentobs run</c> to the launcher: the program beside this one takes this process over (<c>execve</c>), so that no second process stands
/// between the shell and the agent. Where it is not there the same code runs here.
/// </summary>
internal static class LauncherHandover
{
    /// <returns>Null where the arguments ask for help or are wrong, and on Windows: the command line says it.</returns>
    public static int? Run(string[] arguments)
    {
        if (OperatingSystem.IsWindows() || RunArguments.Read(arguments, out _) is not { } read)
        {
            return null;
        }

        // Compiled ahead of time, where `make launcher` did it, else as the build left it.
        Handover.To(Path.Combine(AppContext.BaseDirectory, "native-launcher", Launch.ProgramName), arguments);
        Handover.To(Path.Combine(AppContext.BaseDirectory, Launch.ProgramName), arguments);
        return Launch.Run(read);
    }
}
