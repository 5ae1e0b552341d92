using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace AgentObs.Tests.Containers;

/// <summary>The Aspire application as it would be published: needs neither the orchestrator nor a container runtime.</summary>
public sealed class PublishedModelTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_collector_starts_after_a_healthy_ClickHouse_and_a_finished_migrator()
    {
        await using var builder = await CreateAsync();
        var collector = builder.Resources.Single(resource => resource.Name == "collector");
        var waits = collector.Annotations.OfType<WaitAnnotation>().ToDictionary(wait => wait.Resource.Name, wait => wait.WaitType);
        Assert.Equal(WaitType.WaitUntilHealthy, waits["clickhouse"]);
        Assert.Equal(WaitType.WaitForCompletion, waits["migrator"]);
        var queue = Assert.Single(collector.Annotations.OfType<ContainerMountAnnotation>());
        Assert.Equal("/var/lib/otelcol", queue.Target);
        Assert.False(queue.IsReadOnly);
        Assert.Equal([4317, 4318], collector.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.Port is not null).Select(endpoint => endpoint.Port!.Value).Order());
    }

    [Fact]
    public async Task Everything_that_stays_has_a_health_check_and_ClickHouse_is_the_embedded_engines_version()
    {
        await using var builder = await CreateAsync();
        var staying = builder.Resources.Where(resource => resource is ContainerResource or ProjectResource && resource.Name != "migrator").ToList();
        Assert.Equal(["clickhouse", "collector", "query", "web"], staying.Select(resource => resource.Name).Order());
        Assert.All(staying, resource => Assert.NotEmpty(resource.Annotations.OfType<HealthCheckAnnotation>()));
        Assert.Equal("26.7", builder.Resources.Single(resource => resource.Name == "clickhouse").Annotations.OfType<ContainerImageAnnotation>().Single().Tag);
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync() =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.AgentObs_AppHost>(["--operation", "publish"], Cancellation);
}
