namespace AgentObs.Cli.Serving;

/// <summary>
/// A host lifetime that neither listens to signals nor prints: <see cref="Interrupt"/> and <see cref="Commands.ServeCommand"/> do.
/// </summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
