using System.Runtime.InteropServices;

namespace AgentObs.Launcher;

/// <summary>
/// The launcher survives what is meant for its child: SIGTERM and SIGHUP are handed on; SIGINT and SIGQUIT too, but where the launcher is in the
/// foreground of a terminal, which sends them to the child itself. Signals that were ignored when it started (<c>nohup</c>) stay ignored by both.
/// </summary>
internal sealed class SignalForwarding : IDisposable
{
    private static readonly (PosixSignal Signal, int Number)[] Signals =
    [
        (PosixSignal.SIGHUP, LibC.SigHup), (PosixSignal.SIGINT, LibC.SigInt), (PosixSignal.SIGQUIT, LibC.SigQuit), (PosixSignal.SIGTERM, LibC.SigTerm),
    ];

    private readonly Lock _gate = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Queue<int> _early = new();
    private int _pid;
    private bool _ended;

    public SignalForwarding()
    {
        foreach (var (signal, number) in Signals)
        {
            if (!IsIgnored(number))
            {
                _registrations.Add(PosixSignalRegistration.Create(signal, context =>
                {
                    context.Cancel = true;
                    if (number is not (LibC.SigInt or LibC.SigQuit) || !IsInForeground())
                    {
                        Send(number);
                    }
                }));
            }
        }
    }

    /// <summary>What came while the child was being started goes to it now.</summary>
    public void To(int pid)
    {
        lock (_gate)
        {
            _pid = pid;
            while (_early.TryDequeue(out var signal))
            {
                _ = LibC.Kill(pid, signal);
            }
        }
    }

    /// <summary>From here on the number of the child may belong to another process. The launcher still survives, to say how the child ended.</summary>
    public void Ended()
    {
        lock (_gate)
        {
            _ended = true;
        }
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void Send(int signal)
    {
        lock (_gate)
        {
            if (_pid == 0)
            {
                _early.Enqueue(signal);
            }
            else if (!_ended)
            {
                _ = LibC.Kill(_pid, signal);
            }
        }
    }

    private static unsafe bool IsIgnored(int signal)
    {
        const nint ignore = 1;
        var current = stackalloc byte[1024];
        return LibC.SignalAction(signal, null, current) == 0 && *(nint*)current == ignore;
    }

    private static bool IsInForeground()
    {
        var terminal = LibC.Open("/dev/tty", 0);
        if (terminal < 0)
        {
            return false;
        }

        var foreground = LibC.ForegroundGroup(terminal) == LibC.ProcessGroup();
        _ = LibC.Close(terminal);
        return foreground;
    }
}
