using Microsoft.Extensions.Logging;

namespace AgentObs.Storage.Embedded;

/// <summary>
/// The engine of this process. There is one at most, on one data folder: stores on the same folder share it, and it ends with the last.
/// </summary>
internal sealed class EmbeddedEngine
{
    private const int Readers = 8;

    /// <summary>
    /// Traces, logs and metrics at once and one more; the exporter of a collector sends metrics to five tables at a time.
    /// </summary>
    private const int Writers = 4;

    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static EmbeddedEngine? current;

    private readonly string dataFolder;
    private readonly DataFolderLock folderLock;
    private readonly EngineWorker control;
    private int users = 1;

    private EmbeddedEngine(string dataFolder, DataFolderLock folderLock, EngineWorker control)
    {
        this.dataFolder = dataFolder;
        this.folderLock = folderLock;
        this.control = control;
        ReaderPool = new WorkerPool("read", Readers, Open);
        WriterPool = new WorkerPool("write", Writers, Open);
    }

    internal WorkerPool ReaderPool { get; }

    internal WorkerPool WriterPool { get; }

    /// <summary>Opens the engine, or joins the one that is open on the same folder.</summary>
    /// <exception cref="StorageException">The library is missing, the folder is in use, or another folder is open in this
    /// process.</exception>
    internal static async Task<EmbeddedEngine> AcquireAsync(StorageOptions options, ILogger log, CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation);
        try
        {
            var folder = Path.GetFullPath(options.DataFolder);
            if (current is null)
            {
                current = await StartAsync(folder, options, log);
            }
            else if (current.dataFolder == folder)
            {
                current.users++;
            }
            else
            {
                throw new StorageException(
                    $"This process has the engine open on {current.dataFolder}; a process has one data folder. "
                    + $"Close that store before opening {folder}.");
            }

            return current;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Gives the engine back. The last one closes it; the folder is free then.</summary>
    internal async Task ReleaseAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (--users > 0)
            {
                return;
            }

            current = null;
            await CloseAsync();
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>
    /// Ends the statement that a worker runs. It is told again until the statement has ended: one that has only just begun is not in the
    /// engine's list yet. Never SYNC: that form has been seen to wait for ever.
    /// </summary>
    internal async Task KillAsync(EngineWorker worker, Task statement)
    {
        while (!statement.IsCompleted)
        {
            await KillAsync(worker.Tag);
            await Task.WhenAny(statement, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
        }
    }

    private static async Task<EmbeddedEngine> StartAsync(string folder, StorageOptions options, ILogger log)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        var library = Engine.EngineLocation.Resolve(options.EngineLibrary).Require();
        EngineFolders.Create(folder);
        var folderLock = DataFolderLock.Take(folder);
        EngineWorker? control = null;
        try
        {
            EngineLibrary.Load(library);

            // The engine resolves files that statements name against the current folder: let that be an empty one of ours.
            Environment.CurrentDirectory = Path.Combine(folder, EngineFolders.Work);
            string[] ofEngine = EngineArguments.OfEngine(folder, options.FsyncInserts);
            control = new EngineWorker(
                "control",
                tag => EngineConnection.TryOpen([.. EngineArguments.OfConnection(folder, tag), .. ofEngine])
                    ?? throw new StorageException(
                        $"The engine does not start on {folder}; its reason is on standard error. "
                        + "If another program has the folder, stop it or set AGENTOBS_DATA to another."));
            await control.RunAsync(_ => true);
            Log.EngineOpened(log, folder, library, clock.GetElapsedTime(began).TotalMilliseconds);
            return new EmbeddedEngine(folder, folderLock, control);
        }
        catch
        {
            control?.Dispose();
            folderLock.Dispose();
            throw;
        }
    }

    private EngineConnection Open(string tag) =>
        EngineConnection.TryOpen(EngineArguments.OfConnection(dataFolder, tag))
        ?? throw new EngineException("the engine opens no further connection; its reason is on standard error", 0);

    private Task<bool> KillAsync(string tag) => control.RunAsync(connection =>
    {
        connection.Execute("KILL QUERY WHERE Settings['log_comment'] = {tag:String} ASYNC", "TabSeparated", [new("tag", tag)]).Dispose();
        return true;
    });

    /// <summary>Inserts end by themselves; a query may run for hours, and nobody waits for its answer any more.</summary>
    private async Task CloseAsync()
    {
        ReaderPool.Stop();
        WriterPool.Stop();
        while (await Task.Run(() => ReaderPool.Join(TimeSpan.FromMilliseconds(100))) is { Count: > 0 } busy)
        {
            foreach (var worker in busy)
            {
                await KillAsync(worker.Tag);
            }
        }

        await Task.Run(() =>
        {
            WriterPool.Join(Timeout.InfiniteTimeSpan);
            control.Dispose();
            folderLock.Dispose();
        });
    }
}
