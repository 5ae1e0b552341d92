using AgentObs.Storage;
using AgentObs.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(EngineFixture))]

namespace AgentObs.Tests.Storage;

/// <summary>
/// The engine of the test process: a process has one data folder, so all tests share it and each takes a fresh database.
/// <c>await using var store = await EngineFixture.OpenDatabaseAsync();</c>
/// </summary>
public sealed class EngineFixture : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static ClickHouseStore? keeper;
    private static int databases;

    public static string DataFolder { get; } = Path.Combine(Path.GetTempPath(), $"agentobs-tests-{Environment.ProcessId}");

    /// <summary>Options of a database that no other test has, for hosts that a test starts in this process.</summary>
    public static StorageOptions NewOptions() => new()
    {
        DataFolder = DataFolder,
        Database = $"test{Interlocked.Increment(ref databases)}",
        EngineLibrary = Environment.GetEnvironmentVariable("AGENTOBS_LIBCHDB") ?? "",
    };

    /// <summary>A store on a fresh, migrated database.</summary>
    public static async Task<ClickHouseStore> OpenDatabaseAsync()
    {
        await KeepEngineOpenAsync();
        return await ClickHouseStore.OpenAsync(NewOptions(), NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (keeper is not null)
        {
            await keeper.DisposeAsync();
        }

        // Hosts of tests open stores of their own.
        if (Directory.Exists(DataFolder))
        {
            Directory.Delete(DataFolder, recursive: true);
        }
    }

    /// <summary>The engine starts once, not again for each test that happens to be alone.</summary>
    private static async Task KeepEngineOpenAsync()
    {
        await Gate.WaitAsync();
        try
        {
            keeper ??= await ClickHouseStore.OpenAsync(NewOptions(), NullLoggerFactory.Instance, CancellationToken.None);
        }
        finally
        {
            Gate.Release();
        }
    }
}
