using AgentObs.Storage;

namespace AgentObs.Tests.Storage;

public sealed class StorageChangesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waiting_ends_with_the_next_change()
    {
        var changes = new StorageChanges(TimeProvider.System);
        var waiting = changes.WaitAsync(0, Timeout.InfiniteTimeSpan, Cancellation);
        Assert.False(waiting.IsCompleted);
        changes.Bump();
        Assert.Equal(1, await waiting);
        Assert.Equal(1, await changes.WaitAsync(0, Timeout.InfiniteTimeSpan, Cancellation));
    }

    [Fact]
    public async Task Waiting_ends_with_its_time_or_its_token()
    {
        var changes = new StorageChanges(TimeProvider.System);
        Assert.Equal(0, await changes.WaitAsync(0, TimeSpan.Zero, Cancellation));
        using var stop = new CancellationTokenSource();
        var waiting = changes.WaitAsync(0, Timeout.InfiniteTimeSpan, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
