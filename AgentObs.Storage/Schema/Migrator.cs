using ClickHouse.Driver.ADO;
using Microsoft.Extensions.Logging;

namespace AgentObs.Storage.Schema;

/// <summary>
/// Brings a database up to the schema files of this program. Each file is applied once and recorded; one that died between the two runs
/// again, so every statement says IF NOT EXISTS or may be repeated.
/// </summary>
/// <param name="store">On the database, which need not exist yet.</param>
/// <param name="bootstrap">The same connection with a database that does exist.</param>
/// <param name="log">Names what is applied.</param>
internal sealed class Migrator(ClickHouseStore store, ClickHouseClientSettings bootstrap, ILogger log)
{
    /// <exception cref="StorageException">A file that was applied has changed, or the database is of a newer program.</exception>
    /// <param name="last">The number of the last file to apply; null for all.</param>
    internal async Task RunAsync(CancellationToken ct, int? last = null)
    {
        await CreateDatabaseAsync(ct);
        await store.ExecuteAsync(StorageSql.CreateMigrations, null, ct);
        var rows = await store.QueryAsync(
            StorageSql.ReadMigrations, null, row => (Id: row.GetFieldValue<uint>(0), Name: row.GetString(1), Checksum: row.GetString(2)), ct);
        var applied = rows.ToDictionary(row => row.Id);
        var files = Migration.LoadAll(typeof(Migrator).Assembly);
        if (applied.Count != 0 && applied.Keys.Max() > files.Count)
        {
            var newest = applied[applied.Keys.Max()];
            throw new StorageException(
                $"Database {store.Database} was made by a newer AgentObs (it has {newest.Name}, this program knows {files.Count} schema files). "
                + "Use that version, or set AGENTOBS_CLICKHOUSE_DATABASE or AGENTOBS_DATA to another place.");
        }

        foreach (var file in files.Take(last ?? files.Count))
        {
            if (!applied.TryGetValue(file.Id, out var done))
            {
                await ApplyAsync(file, ct);
            }
            else if (done.Checksum != file.Checksum)
            {
                throw new StorageException(
                    $"Schema file {file.Sql.Name} has changed since it was applied to database {store.Database} (as {done.Name}). "
                    + "Applied files are never changed: restore it and put the change into a new file, "
                    + "or set AGENTOBS_CLICKHOUSE_DATABASE or AGENTOBS_DATA to another place.");
            }
        }
    }

    private async Task ApplyAsync(Migration file, CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        await store.ExecuteAsync(file.Sql, null, ct);
        await store.ExecuteAsync(
            StorageSql.RecordMigration,
            new Dictionary<string, object?> { ["id"] = file.Id, ["name"] = Path.GetFileName(file.Sql.Name), ["checksum"] = file.Checksum },
            ct);
        var took = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        Log.SchemaApplied(log, Path.GetFileName(file.Sql.Name), store.Database, took);
    }

    private async Task CreateDatabaseAsync(CancellationToken ct)
    {
        using var source = new ClickHouseDataSource(bootstrap);
        var parameters = new Dictionary<string, object?> { ["database"] = store.Database };
        await ClickHouseStore.ExecuteAsync(source, StorageSql.CreateDatabase, parameters, ct);
    }
}
