using System.Runtime.InteropServices;

namespace AgentObs.Launcher;

/// <summary>
/// The child on Linux and macOS: <c>posix_spawn</c> with every descriptor, the working folder, the process group and the terminal inherited, so that it
/// is where the launcher stands. <see cref="System.Diagnostics.Process"/> would watch SIGCHLD and the terminal's settings by itself.
/// </summary>
internal sealed unsafe class UnixChild
{
    private const int BufferBytes = 1024;

    private UnixChild(int pid)
    {
        Pid = pid;
    }

    public int Pid { get; }

    /// <returns>Null with the C library's <paramref name="error"/>.</returns>
    public static UnixChild? Start(string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> changes, out int error)
    {
        var attributes = stackalloc byte[BufferBytes];
        var signals = stackalloc byte[BufferBytes];
        _ = LibC.InitAttributes(attributes);
        // The runtime ignores SIGPIPE for itself and an ignored signal is inherited: `agent | head` would never end. Handlers go with the exec; a
        // SIGHUP that `nohup` made ignored stays so.
        _ = LibC.EmptySignals(signals);
        _ = LibC.AddSignal(signals, LibC.SigPipe);
        _ = LibC.SetSignalDefaults(attributes, signals);
        _ = LibC.SetFlags(attributes, LibC.SpawnSetSignalDefaults);
        var environment = NativeStrings.Environment(changes);
        error = LibC.Spawn(out var pid, NativeStrings.Text(path), null, attributes, NativeStrings.Array(arguments), environment);
        if (error == LibC.NoExecFormat)
        {
            // A script without `#!`: a shell runs it, so does this.
            var script = NativeStrings.Array(["/bin/sh", path, .. arguments.Skip(1)]);
            error = LibC.Spawn(out pid, NativeStrings.Text("/bin/sh"), null, attributes, script, environment);
        }

        return error == 0 ? new UnixChild(pid) : null;
    }

    /// <summary>
    /// Waits for the end. A child that stops itself (Ctrl+Z in an agent that reads keys itself) stops the launcher too: the shell, which knows the
    /// launcher alone, would wait for ever. Where the terminal stops them both, the launcher reads of the child's stop after `fg` has continued both:
    /// it looks whether the child still stands before it stops itself.
    /// </summary>
    public ChildExit Wait()
    {
        for (var options = LibC.WaitForStopped; ;)
        {
            var pid = LibC.WaitPid(Pid, out var status, options);
            if (pid == 0)
            {
                _ = LibC.Kill(LibC.ProcessId(), LibC.SigStop);
                _ = LibC.Kill(Pid, LibC.SigContinue);
                options = LibC.WaitForStopped;
                continue;
            }

            if (pid < 0)
            {
                if (Marshal.GetLastPInvokeError() == LibC.Interrupted)
                {
                    continue;
                }

                return new ChildExit(1, Problem: "its end was not seen");
            }

            var signal = status & 0x7f;
            switch (signal)
            {
                case 0:
                    return new ChildExit((status >> 8) & 0xff);
                case 0x7f:
                    options = IsContinued(status) ? LibC.WaitForStopped : LibC.WaitForStopped | LibC.WaitForContinued | LibC.WaitForNothing;
                    break;
                default:
                    return new ChildExit(128 + signal, signal);
            }
        }
    }

    // Linux says 0xffff; macOS says "stopped", by SIGCONT.
    private static bool IsContinued(int status) => (status >> 8) is 0xff || (OperatingSystem.IsMacOS() && (status >> 8) == LibC.SigContinue);

    /// <summary>Ends this process by the signal that ended the child, without a second core file.</summary>
    public static void DieFrom(int signal)
    {
        const int coreFile = 4;
        var none = stackalloc nuint[2];
        none[0] = 0;
        none[1] = 0;
        _ = LibC.SetLimit(coreFile, none);
        _ = LibC.SetSignalHandler(signal, 0);
        _ = LibC.Kill(LibC.ProcessId(), signal);
    }
}
