namespace AgentObs.Cli.Serving;

/// <summary>
/// One line a second of each kind, with the number of those that were left out since the last: a sender that is refused thousands of times a
/// second would else fill the terminal or the disk of whoever keeps the log. <c>GET /api/ingest</c> counts every one.
/// A kind is the event with its outcome or table: none hides another.
/// </summary>
internal sealed class PacedLogger(ILogger inner, TimeProvider time) : ILogger
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<(int Event, string Of), (long At, long LeftOut)> kinds = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel < LogLevel.Warning)
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        else if (TryPass((eventId.Id, KindOf(state)), out var leftOut))
        {
            inner.Log(logLevel, eventId, state, exception, leftOut == 0 ? formatter : (s, e) => $"{formatter(s, e)} ({leftOut} more like this were not logged)");
        }
    }

    private static string KindOf<TState>(TState state) => state is IReadOnlyList<KeyValuePair<string, object?>> values
        ? values.FirstOrDefault(value => value.Key is "Outcome" or "Table").Value as string ?? ""
        : "";

    private bool TryPass((int, string) kind, out long leftOut)
    {
        lock (gate)
        {
            var known = kinds.TryGetValue(kind, out var last);
            leftOut = last.LeftOut;
            var passes = !known || time.GetElapsedTime(last.At) >= Pace;
            kinds[kind] = passes ? (time.GetTimestamp(), 0) : (last.At, leftOut + 1);
            return passes;
        }
    }
}
