using System.Runtime.InteropServices;

namespace AgentObs.Cli;

/// <summary>
/// Ctrl+C, SIGTERM and a closed terminal: the first one cancels <see cref="Token"/>, so that the verb can finish in order. A second
/// Ctrl+C is left to the runtime, which ends the process at once; a second SIGTERM is not, since a parent that hands signals on
/// sends it besides the terminal's own Ctrl+C.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _interrupts;

    public Interrupt() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
    ];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = context.Signal != PosixSignal.SIGINT || Interlocked.Increment(ref _interrupts) == 1;
        if (context.Cancel)
        {
            _source.Cancel();
        }
    }
}
