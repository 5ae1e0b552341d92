using System.Globalization;

namespace AgentObs.Launcher;

/// <summary>How a child ended: with an exit code, or by a signal.</summary>
/// <param name="Code">Exit code; of a signal 128 + its number, as a shell says it.</param>
/// <param name="Signal">0 where it ended by itself.</param>
/// <param name="Problem">Why it could not be started; empty where it ran.</param>
internal sealed record ChildExit(int Code, int Signal = 0, string Problem = "")
{
    public static readonly ChildExit Ok = new(0);

    /// <summary>What a person reads at the failed run; empty where the code is 0.</summary>
    public string Message =>
        Problem.Length > 0 ? Problem
        : Signal > 0 ? "killed by " + SignalName(Signal)
        : Code != 0 ? "exit code " + Code.ToString(CultureInfo.InvariantCulture)
        : "";

    // The numbers that Linux and macOS share.
    private static string SignalName(int signal) => signal switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        6 => "SIGABRT",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        15 => "SIGTERM",
        _ => "signal " + signal.ToString(CultureInfo.InvariantCulture),
    };
}
