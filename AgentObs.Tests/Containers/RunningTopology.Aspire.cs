using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace AgentObs.Tests.Containers;

/// <summary>The topology that this build is for: containers, run by Aspire.</summary>
public sealed class RunningTopology : IAsyncLifetime
{
    // The first run pulls the images and builds the collector's.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private static readonly string[] Sockets =
    [
        "/var/run/docker.sock",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker/run/docker.sock"),
        "/run/podman/podman.sock",
        Path.Combine(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "/run", "podman/podman.sock"),
    ];

    private DistributedApplication? app;

    /// <summary>Why nothing runs here; null when it does.</summary>
    public string? WhyNot { get; } = Sockets.Any(File.Exists) || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DOCKER_HOST"))
        ? null
        : "no container runtime: neither DOCKER_HOST nor a socket of docker or podman is there";

    public Uri OtlpGrpc => app!.GetEndpoint("collector", "grpc");

    public Uri OtlpHttp => app!.GetEndpoint("collector", "otlp-http");

    /// <summary>A client of the API.</summary>
    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (WhyNot is not null)
        {
            return;
        }

        using var limit = new CancellationTokenSource(Patience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AgentObs_AppHost>(limit.Token);

        // A developer's own AgentObs may run beside: other ports, and volumes that are gone with the containers.
        foreach (var resource in builder.Resources.OfType<ContainerResource>())
        {
            foreach (var volume in resource.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == ContainerMountType.Volume).ToList())
            {
                resource.Annotations.Remove(volume);
            }

            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                endpoint.Port = null;
                endpoint.IsProxied = true;
            }
        }

        app = await builder.BuildAsync(limit.Token);
        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("collector", limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("web", limit.Token);
        Http = app.CreateHttpClient("web", "http");
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }
}
