using System.Diagnostics;
using System.Runtime.InteropServices;
using AgentObs.Launcher;

namespace AgentObs.Tests.Cli;

/// <summary>
/// Starts a process as a shell would. What it would otherwise inherit of the tests: signals that are ignored because the tests run in the background
/// (<c>nohup</c>, <c>&amp;</c>), and a blocked SIGPIPE, where the thread was begun by one of the engine's, which all block it.
/// </summary>
internal static unsafe class DefaultSignals
{
    private static readonly int[] OfTheBackground = [LibC.SigHup, LibC.SigInt, LibC.SigQuit];

    public static Process Start(ProcessStartInfo start)
    {
        var buffer = stackalloc byte[1024];
        foreach (var signal in OfTheBackground)
        {
            if (LibC.SignalAction(signal, null, buffer) == 0 && *(nint*)buffer == 1)
            {
                _ = LibC.SetSignalHandler(signal, 0);
            }
        }

        _ = LibC.EmptySignals(buffer);
        _ = SetBlocked(OperatingSystem.IsMacOS() ? 3 : 2, buffer, null);
        return Process.Start(start)!;
    }

    [DllImport("libc", EntryPoint = "pthread_sigmask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetBlocked(int how, byte* signals, byte* previous);
}
