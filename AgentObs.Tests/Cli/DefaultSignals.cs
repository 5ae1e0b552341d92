using System.Diagnostics;
using System.Runtime.InteropServices;
using AgentObs.Launcher;

namespace AgentObs.Tests.Cli;

/// <summary>
/// Starts a process as a shell would. What it would otherwise inherit of the tests: signals that are ignored because the tests run in the background
/// (<c>nohup</c>, <c>&amp;</c>), and a blocked SIGPIPE, where the thread was begun by one of the engine's, which all block it.
/// </summary>
internal static class DefaultSignals
{
    private const int Ignored = 1;
    private static readonly int[] OfTheBackground = [LibC.SigHup, LibC.SigInt, LibC.SigQuit];

    public static Process Start(ProcessStartInfo start)
    {
        // struct sigaction, whose first member is the handler; longer than any system's.
        var action = new byte[1024];
        foreach (var signal in OfTheBackground)
        {
            if (ReadAction(signal, 0, action) == 0 && MemoryMarshal.Read<nint>(action) == Ignored)
            {
                _ = LibC.SetSignalHandler(signal, 0);
            }
        }

        // An empty sigset_t is all zeros.
        _ = SetBlocked(OperatingSystem.IsMacOS() ? 3 : 2, new byte[1024], 0);
        return Process.Start(start)!;
    }

    [DllImport("libc", EntryPoint = "sigaction")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ReadAction(int signal, nint change, [Out] byte[] action);

    [DllImport("libc", EntryPoint = "pthread_sigmask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetBlocked(int how, byte[] signals, nint previous);
}
