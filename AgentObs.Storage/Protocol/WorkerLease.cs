using System.Runtime.InteropServices;
using AgentObs.Storage.Embedded;

namespace AgentObs.Storage.Protocol;

/// <summary>A worker for one statement, with the statement's database and settings.</summary>
internal sealed class WorkerLease(EmbeddedEngine engine, WorkerPool pool, EngineWorker worker, ClickHouseRequest request)
{
    private bool isPrepared;
    private bool isSpent = request.Settings.Count != 0;
    private int isReturned;

    internal static async Task<WorkerLease> TakeAsync(
        EmbeddedEngine engine, WorkerPool pool, ClickHouseRequest request, CancellationToken cancellation) =>
        new(engine, pool, await pool.TakeAsync(cancellation), request);

    /// <summary>Runs on the worker. When cancelled, the statement is ended first and the answer thrown away.</summary>
    internal async Task<T> RunAsync<T>(Func<EngineConnection, T> action, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var running = worker.RunAsync(connection =>
        {
            Prepare(connection);
            return action(connection);
        });
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellation.Register(() => cancelled.SetResult()))
        {
            if (await Task.WhenAny(running, cancelled.Task) == running)
            {
                return await running;
            }
        }

        isSpent = true;
        await engine.KillAsync(worker, running);
        try
        {
            (await running as IDisposable)?.Dispose();
        }
        catch (EngineException)
        {
            // 394, the statement was cancelled: that is what was asked for.
        }

        throw new OperationCanceledException(cancellation);
    }

    /// <summary>
    /// Gives the worker back, behind whatever was given to it to do. Neither settings of one request nor what a cancelled one left reach
    /// the next.
    /// </summary>
    internal async Task ReturnAsync()
    {
        if (Interlocked.Exchange(ref isReturned, 1) != 0)
        {
            return;
        }

        if (isSpent)
        {
            await worker.ResetAsync();
        }

        pool.Return(worker);
    }

    /// <summary>Ends a streamed result or an insert that is not finished, and frees it, on the worker and before its connection.</summary>
    internal Task CloseAsync(SafeHandle handle) => handle.IsClosed
        ? Task.CompletedTask
        : worker.RunAsync(connection =>
        {
            if (!handle.IsClosed && handle is ResultHandle result)
            {
                connection.CancelStream(result);
            }

            handle.Dispose();
            return true;
        });

    private void Prepare(EngineConnection connection)
    {
        if (isPrepared)
        {
            return;
        }

        connection.UseDatabase(request.Database);
        if (request.Settings.Count != 0)
        {
            connection.Set(request.Settings);
        }

        isPrepared = true;
    }
}
