using Microsoft.AspNetCore.Components.Server.Circuits;

namespace AgentObs.Web;

/// <summary>Counts the open pages for the log, so that a circuit that never goes away is seen.</summary>
internal sealed class CircuitLog(ILogger<CircuitLog> logger) : CircuitHandler
{
    private int _open;

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Log.PageOpened(logger, Interlocked.Increment(ref _open));
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Log.PageClosed(logger, Interlocked.Decrement(ref _open));
        return Task.CompletedTask;
    }
}
