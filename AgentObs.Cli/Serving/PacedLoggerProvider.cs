namespace AgentObs.Cli.Serving;

/// <summary>Paces what senders cause, by <see cref="PacedLogger"/>: refusals of Ingest, and what Kestrel says of broken connections. All else is written as it is.</summary>
internal sealed class PacedLoggerProvider(ILoggerProvider inner, TimeProvider time) : ILoggerProvider
{
    private static readonly string[] Paced = ["AgentObs.Ingest", "Microsoft.AspNetCore.Server.Kestrel"];

    public ILogger CreateLogger(string categoryName) => Paced.Any(start => categoryName.StartsWith(start, StringComparison.Ordinal))
        ? new PacedLogger(inner.CreateLogger(categoryName), time)
        : inner.CreateLogger(categoryName);

    public void Dispose() => inner.Dispose();
}
