namespace AgentObs.Query;

/// <summary>Lets either a projection pass or a deletion run: a pass that began before a deletion would write the deleted session again.</summary>
internal sealed class ProjectionGate : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);

    public async Task<IDisposable> EnterAsync(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        return new Turn(one);
    }

    public void Dispose() => one.Dispose();

    private sealed class Turn(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
