using AgentObs.Storage.Embedded;
using AgentObs.Storage.Schema;
using Microsoft.Extensions.Logging;

namespace AgentObs.Storage.Backups;

/// <summary>
/// Backup and restore of the embedded database by the engine's BACKUP and RESTORE, in folders of ours inside the data folder. One at a time.
/// A backup is of one moment: inserts wait while the tables are cloned (hard links, about 30 ms each), not while they are copied.
/// A restore is made beside the database, brought to this program's schema there, and taken over only when it is whole.
/// </summary>
public sealed class DatabaseBackup(ClickHouseStore store, StorageOptions options, ILoggerFactory loggers) : IDisposable
{
    /// <summary>Commits take milliseconds; a disk that hangs must not hold all others up.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>TRUNCATE writes empty parts and asks for room: on a disk that is full between two tables, half of them would be the backup's.</summary>
    private const long ExchangeBytes = 16L << 20;

    private readonly SemaphoreSlim one = new(1, 1);

    private string Snapshot => store.Database + "_snapshot";

    private string Staging => store.Database + "_restore";

    /// <summary>False with a server, which has a BACKUP of its own.</summary>
    public bool IsPossible => options.ServerUrl is null;

    /// <summary>True where spans, log records or points are stored.</summary>
    public async Task<bool> HasDataAsync(CancellationToken ct) =>
        (await store.QueryAsync(StorageSql.CountStored, null, row => Convert.ToUInt64(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture), ct)).Single() > 0;

    /// <summary>Writes the backup as one gzipped tar.</summary>
    /// <param name="still">Wraps the moment in which tables are cloned.</param>
    /// <param name="open">Called once the engine's backup is whole: where to write to.</param>
    /// <exception cref="StorageException">The engine could not make it; nothing of it is left.</exception>
    public async Task WriteAsync(Func<Func<Task>, Task> still, Func<Stream> open, CancellationToken ct)
    {
        using var turn = await TurnAsync(ct);
        var folder = NewFolder("backup");
        try
        {
            await still(() => CloneAsync(ct));
            try
            {
                await RunAsync($"BACKUP DATABASE {Snapshot} TO File('{Path.GetFileName(folder)}')", ct);
            }
            catch (StorageException error) when (Free(folder) < EngineArguments.KeptFreeBytes)
            {
                // The engine says that another backup writes to the same place.
                throw new StorageException(
                    $"The disk of {Path.GetDirectoryName(folder)} is full: a backup is made there before it is sent, and needs as much room as what is stored. Make room there, then try again.",
                    error,
                    isRetryable: true);
            }

            var manifest = new BackupManifest(
                BackupManifest.KnownFormat, Migration.LoadAll(typeof(Migrator).Assembly).Count, Snapshot, BackupArchive.Files(folder).Count());
            await BackupArchive.WriteAsync(folder, manifest, open(), ct);
        }
        finally
        {
            await RunAsync($"DROP DATABASE IF EXISTS {Snapshot} SYNC", CancellationToken.None);
            Delete(folder);
        }
    }

    /// <summary>Replaces what is stored by a backup.</summary>
    /// <param name="takeOver">Wraps the moment in which tables are exchanged.</param>
    /// <exception cref="StorageException">The file is no backup, is damaged, or of a newer program; nothing was changed.</exception>
    public async Task RestoreAsync(Stream from, Func<Func<Task>, Task> takeOver, CancellationToken ct)
    {
        using var turn = await TurnAsync(ct);
        var folder = NewFolder("restore");
        try
        {
            var manifest = await BackupArchive.ReadAsync(from, folder, ct);
            var known = Migration.LoadAll(typeof(Migrator).Assembly).Count;
            if (manifest.Schema > known)
            {
                throw new StorageException($"A newer AgentObs made the backup (schema {manifest.Schema}, this program knows {known}). Nothing was changed. Use that version.");
            }

            await RunAsync($"DROP DATABASE IF EXISTS {Staging} SYNC", ct);
            await using var staging = new ClickHouseStore(
                new StorageOptions { DataFolder = options.DataFolder, Database = Staging, EngineLibrary = options.EngineLibrary }, loggers);
            try
            {
                await staging.OpenAsync(ct, manifest.Schema);
                await RunAsync(
                    $"RESTORE DATABASE {DatabaseName.Check(manifest.Database)} AS {Staging} FROM File('{Path.GetFileName(folder)}') SETTINGS allow_non_empty_tables = true", ct);
                await staging.MigrateAsync(null, ct);
            }
            catch (StorageException error) when (Free(folder) < EngineArguments.KeptFreeBytes)
            {
                throw BackupArchive.NoRoom(folder, error);
            }
            catch (StorageException error) when (error.Code != 0)
            {
                throw new StorageException(
                    $"The engine could not restore the backup: {error.Message} Nothing was changed. "
                    + (error.IsRetryable ? "Look whether disk and memory have room, then try again; else take another copy of the file." : "Take another copy of the file."),
                    error);
            }

            var tables = await TablesAsync(ct);
            Delete(folder);
            if (Free(folder) < EngineArguments.KeptFreeBytes + ExchangeBytes)
            {
                throw BackupArchive.NoRoom(folder);
            }

            await takeOver(() => ExchangeAsync(tables));
        }
        finally
        {
            await RunAsync($"DROP DATABASE IF EXISTS {Staging} SYNC", CancellationToken.None);
            Delete(folder);
        }
    }

    public void Dispose() => one.Dispose();

    private async Task CloneAsync(CancellationToken ct)
    {
        await RunAsync($"DROP DATABASE IF EXISTS {Snapshot} SYNC", ct);
        await RunAsync($"CREATE DATABASE {Snapshot}", ct);
        var tables = await TablesAsync(ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestWait);
        using var quiet = await store.HoldInsertsAsync(limit.Token);
        foreach (var table in tables)
        {
            await RunAsync($"CREATE TABLE {Snapshot}.{table} CLONE AS {store.Database}.{table}", ct);
        }
    }

    /// <summary>From here on it runs to its end. Attached parts are hard links, so it takes no time and no disk.</summary>
    private async Task ExchangeAsync(List<string> tables)
    {
        using var quiet = await store.HoldInsertsAsync(CancellationToken.None);
        foreach (var table in tables.Where(table => table != "agentobs_migrations"))
        {
            await RunAsync($"TRUNCATE TABLE {store.Database}.{table}", CancellationToken.None);
            await RunAsync($"ALTER TABLE {store.Database}.{table} ATTACH PARTITION ALL FROM {Staging}.{table}", CancellationToken.None);
        }

        await store.ForgetInsertsAsync([.. tables.Where(table => table.StartsWith("otel_", StringComparison.Ordinal))], CancellationToken.None);
    }

    private async Task<List<string>> TablesAsync(CancellationToken ct) =>
        (await store.QueryAsync(StorageSql.ListTables, null, row => row.GetString(0), ct)).ConvertAll(DatabaseName.Check);

    /// <summary>Names are checked ones of this program; BACKUP and RESTORE take no parameters.</summary>
    private Task RunAsync(string statement, CancellationToken ct) => store.ExecuteAsync(new SqlFile(statement.Split(' ')[0], statement), null, ct);

    private async Task<Turn> TurnAsync(CancellationToken ct)
    {
        if (!await one.WaitAsync(TimeSpan.Zero, ct))
        {
            throw new StorageException("A backup or restore is under way. Try again when it has ended.", isRetryable: true);
        }

        return new Turn(one);
    }

    private string NewFolder(string kind)
    {
        var parent = Path.Combine(Path.GetFullPath(options.DataFolder), EngineFolders.Backups);
        var mine = $"-{store.Database}-";

        // What a process that was killed left behind, of either kind: only one is under way at a time.
        foreach (var left in Directory.GetDirectories(parent, "*" + mine + "*"))
        {
            Delete(left);
        }

        return Path.Combine(parent, kind + mine + Guid.NewGuid().ToString("N"));
    }

    /// <summary>Bytes that the disk of a folder of ours has left.</summary>
    private static long Free(string folder) => new DriveInfo(Path.GetDirectoryName(folder)!).AvailableFreeSpace;

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private readonly struct Turn(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
