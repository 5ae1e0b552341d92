namespace AgentObs.Tests.Ingest;

/// <summary>One host for the tests of a class: its schema takes a second to build. Tests keep their rows apart by name.</summary>
public sealed class IngestHostFixture : IAsyncLifetime
{
    internal IngestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await IngestHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
