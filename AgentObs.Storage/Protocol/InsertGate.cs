namespace AgentObs.Storage.Protocol;

/// <summary>Lets inserts pass until somebody needs all tables to stand still for a moment.</summary>
internal sealed class InsertGate
{
    private readonly Lock guard = new();
    private int running;
    private TaskCompletionSource? closed;
    private TaskCompletionSource? drained;

    /// <summary>Waits while the gate is closed. Dispose when the insert has ended.</summary>
    internal async Task<IDisposable> EnterAsync(CancellationToken ct)
    {
        while (true)
        {
            Task opened;
            lock (guard)
            {
                if (closed is null)
                {
                    running++;
                    return new Turn(Leave);
                }

                opened = closed.Task;
            }

            await opened.WaitAsync(ct);
        }
    }

    /// <summary>Waits for the inserts that run and holds new ones back until the result is disposed.</summary>
    /// <exception cref="InvalidOperationException">It is closed already.</exception>
    internal async Task<IDisposable> CloseAsync(CancellationToken ct)
    {
        Task ended;
        lock (guard)
        {
            if (closed is not null)
            {
                throw new InvalidOperationException("inserts are held back already");
            }

            closed = Fresh();
            drained = Fresh();
            ended = running == 0 ? Task.CompletedTask : drained.Task;
        }

        var turn = new Turn(Open);
        try
        {
            await ended.WaitAsync(ct);
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private void Leave()
    {
        lock (guard)
        {
            if (--running == 0)
            {
                drained?.TrySetResult();
            }
        }
    }

    private void Open()
    {
        lock (guard)
        {
            closed?.SetResult();
            (closed, drained) = (null, null);
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Turn(Action end) : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                end();
            }
        }
    }
}
