using AgentObs.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentObs.Tests.Storage;

public sealed class MigratorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_start_changes_nothing()
    {
        await using var first = await EngineFixture.OpenDatabaseAsync();
        var applied = await first.SingleAsync<int>("SELECT count() FROM agentobs_migrations", Cancellation);
        await using var second = await AgainAsync(first);
        Assert.Equal(applied, await second.SingleAsync<int>("SELECT count() FROM agentobs_migrations", Cancellation));
        Assert.True(applied >= 15);
    }

    [Fact]
    public async Task A_file_that_died_before_it_was_recorded_runs_again()
    {
        await using var first = await EngineFixture.OpenDatabaseAsync();
        await first.ExecuteAsync(new SqlFile("forget", "TRUNCATE TABLE agentobs_migrations"), null, Cancellation);
        await using var second = await AgainAsync(first);
        Assert.True(await second.SingleAsync<int>("SELECT count() FROM agentobs_migrations", Cancellation) >= 15);
    }

    [Fact]
    public async Task A_changed_file_is_named()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        await store.ExecuteAsync(
            new SqlFile("change", "ALTER TABLE agentobs_migrations UPDATE Checksum = 'other' WHERE Id = 3 SETTINGS mutations_sync = 1"), null, Cancellation);
        var thrown = await Assert.ThrowsAsync<StorageException>(() => AgainAsync(store));
        Assert.Contains("003_otel_metrics_gauge.sql", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("new file", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_left_alone()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        await store.ExecuteAsync(new SqlFile("newer", "INSERT INTO agentobs_migrations (Id, Name) SELECT 999, '999_later.sql'"), null, Cancellation);
        var thrown = await Assert.ThrowsAsync<StorageException>(() => AgainAsync(store));
        Assert.Contains("newer AgentObs", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("999_later.sql", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9lives")]
    [InlineData("a-b")]
    [InlineData("x`; DROP TABLE y")]
    [InlineData("system")]
    public void A_database_needs_a_name(string name) => Assert.Contains(
        "AGENTOBS_CLICKHOUSE_DATABASE", Assert.Throws<StorageException>(() => StorageOptions.From(key => key == "AGENTOBS_CLICKHOUSE_DATABASE" ? name.Length == 0 ? " " : name : null)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task One_process_has_one_folder()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        var other = new StorageOptions { DataFolder = Path.Combine(Path.GetTempPath(), "agentobs-other") };
        var thrown = await Assert.ThrowsAsync<StorageException>(() => ClickHouseStore.OpenAsync(other, NullLoggerFactory.Instance, Cancellation));
        Assert.Contains(EngineFixture.DataFolder, thrown.Message, StringComparison.Ordinal);
    }

    private static Task<ClickHouseStore> AgainAsync(ClickHouseStore store) => ClickHouseStore.OpenAsync(
        new StorageOptions { DataFolder = EngineFixture.DataFolder, Database = store.Database, EngineLibrary = EngineFixture.NewOptions().EngineLibrary },
        NullLoggerFactory.Instance,
        Cancellation);
}
