using Microsoft.Extensions.Hosting;

namespace AgentObs.Storage;

/// <summary>
/// Opens storage in the first phase of the host's start, and closes it in the last of its end: after all who write have stopped.
/// </summary>
internal sealed class StorageStartup(ClickHouseStore store) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken) => await store.DisposeAsync();
}
