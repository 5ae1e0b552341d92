using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;

namespace AgentObs.Sdk;

/// <summary>Ends the program's span when its host stops, before the container disposes (and flushes) the provider.</summary>
internal sealed class ProgramEnd : IHostedService
{
    private readonly ProgramActivity program;

    public ProgramEnd(ProgramActivity program, TracerProvider provider)
    {
        this.program = program;
        program.SendTo(provider);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        program.Dispose();
        return Task.CompletedTask;
    }
}
