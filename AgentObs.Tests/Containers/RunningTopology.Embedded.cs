using AgentObs.Tests.Cli;

namespace AgentObs.Tests.Containers;

/// <summary>The topology that this build is for: embedded.</summary>
public sealed class RunningTopology : IAsyncLifetime
{
    private AgentObsProcess? serve;

    /// <summary>Why nothing runs here; null when it does.</summary>
    public string? WhyNot { get; }

    public Uri OtlpGrpc => serve!.OtlpGrpc;

    public Uri OtlpHttp => serve!.OtlpHttp;

    /// <summary>A client of the API.</summary>
    public HttpClient Http => serve!.Http;

    public async ValueTask InitializeAsync() => serve = await AgentObsProcess.StartAsync();

    public ValueTask DisposeAsync() => serve?.DisposeAsync() ?? ValueTask.CompletedTask;
}
