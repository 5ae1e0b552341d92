using AgentObs.Storage;

namespace AgentObs.Tests.Storage;

/// <summary>One database for the cases of a class, which keep apart by their trace ids.</summary>
public sealed class SharedDatabase : IAsyncLifetime
{
    private static int traces;

    public ClickHouseStore Store { get; private set; } = null!;

    public static string NewTraceId() => $"{Interlocked.Increment(ref traces):x32}";

    public async ValueTask InitializeAsync() => Store = await EngineFixture.OpenDatabaseAsync();

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
