using System.Collections.Concurrent;

namespace AgentObs.Storage.Embedded;

/// <summary>
/// A thread of its own with a connection of its own. Engine calls block, for seconds in a long query, and must not hold threads of the
/// pool. The connection is opened when first needed and dropped after an error.
/// </summary>
internal sealed class EngineWorker : IDisposable
{
    private readonly BlockingCollection<Action> work = new(new ConcurrentQueue<Action>());
    private readonly Func<string, EngineConnection> open;
    private readonly string name;
    private readonly Thread thread;
    private EngineConnection? connection;
    private int generation;

    /// <param name="name">Names the thread and, with a number, the statements of each of its connections.</param>
    /// <param name="open">Opens a connection whose statements carry the given tag as <c>log_comment</c>.</param>
    internal EngineWorker(string name, Func<string, EngineConnection> open)
    {
        this.name = name;
        this.open = open;
        thread = new Thread(Loop) { IsBackground = true, Name = $"agentobs-{name}" };
        thread.Start();
    }

    /// <summary>The tag of the statement that runs now: a statement can be cancelled by it alone, as the ABI takes no query id.</summary>
    internal string Tag { get; private set; } = "";

    /// <summary>Runs on the worker's thread. Any exception drops the connection.</summary>
    internal Task<T> RunAsync<T>(Func<EngineConnection, T> statement)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                done.SetResult(statement(Connection()));
            }
            catch (Exception e)
            {
                Drop();
                done.SetException(e);
            }
        });
        return done.Task;
    }

    /// <summary>Drops the connection: after a cancelled statement, or when it carries settings of a request.</summary>
    internal Task ResetAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            Drop();
            done.SetResult();
        });
        return done.Task;
    }

    /// <summary>Takes no more statements; the connection closes once the running one has ended.</summary>
    internal void Stop() => work.CompleteAdding();

    /// <returns>False where a statement still runs after the timeout.</returns>
    internal bool Join(TimeSpan timeout) => thread.Join(timeout);

    /// <summary>Stops, and waits for the running statement.</summary>
    public void Dispose()
    {
        Stop();
        thread.Join();
        work.Dispose();
    }

    private void Post(Action action)
    {
        try
        {
            work.Add(action);
        }
        catch (InvalidOperationException e) when (work.IsAddingCompleted)
        {
            throw new StorageException("The engine is closed.", e, isRetryable: true);
        }
    }

    private void Loop()
    {
        foreach (var action in work.GetConsumingEnumerable())
        {
            action();
        }

        Drop();
    }

    private EngineConnection Connection()
    {
        if (connection is null)
        {
            Tag = $"agentobs-{name}-{++generation}";
            connection = open(Tag);
        }

        return connection;
    }

    private void Drop()
    {
        connection?.Dispose();
        connection = null;
    }
}
