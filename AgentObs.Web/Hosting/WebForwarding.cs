using Yarp.ReverseProxy.Configuration;

namespace AgentObs.Web;

/// <summary>Forwards what the Query service answers, so that browsers and scripts have one address in both topologies.</summary>
internal static class WebForwarding
{
    private const string Cluster = "query";

    public static IServiceCollection AddAgentObsForwarding(this IServiceCollection services, string queryUrl)
    {
        string[] paths = ["/api/{**rest}", "/healthz", "/openapi/{**rest}"];
        services.AddReverseProxy()
            .LoadFromMemory(
                [.. paths.Select((path, i) => new RouteConfig { RouteId = $"query-{i}", ClusterId = Cluster, Match = new RouteMatch { Path = path } })],
                [
                    new ClusterConfig
                    {
                        ClusterId = Cluster,
                        Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { [Cluster] = new() { Address = queryUrl } },
                    },
                ]);
        return services;
    }
}
