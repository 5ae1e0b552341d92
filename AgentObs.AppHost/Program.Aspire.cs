using AgentObs.AppHost;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

Console.WriteLine(TopologyLine.For("containers", other: "embedded"));
var builder = DistributedApplication.CreateBuilder(args);
builder.AddDockerComposeEnvironment("compose").WithDashboard(false);

// The entrypoint of the image writes user and password unescaped into an XML file: letters and digits only.
var password = builder.AddParameter("clickhouse-password", new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true);
var clickhouse = builder.AddContainer("clickhouse", "docker.io/clickhouse/clickhouse-server", "26.7")
    .WithEnvironment("CLICKHOUSE_USER", "agentobs")
    .WithEnvironment("CLICKHOUSE_PASSWORD", password)
    .WithHttpEndpoint(targetPort: 8123, name: "http")
    .WithVolume("agentobs-clickhouse", "/var/lib/clickhouse")
    .WithContainerRuntimeArgs("--ulimit", "nofile=262144:262144")
    .WithHttpHealthCheck("/ping", 200, "http")
    .PublishAsDockerComposeService((_, service) => service.Healthcheck = new Healthcheck
    {
        Test = ["CMD-SHELL", "wget --no-verbose --tries=1 --spider http://127.0.0.1:8123/ping || exit 1"],
        Interval = "5s",
        Timeout = "3s",
        Retries = 20,
        StartPeriod = "10s",
    });
var http = clickhouse.GetEndpoint("http");
var server = ReferenceExpression.Create($"http://agentobs:{password}@{http.Property(EndpointProperty.HostAndPort)}");

// The collector looks for its columns once, when it starts: the tables come first.
var migrator = builder.AddProject<Projects.AgentObs_Ingest>("migrator").WithArgs("migrate")
    .WithEnvironment("AGENTOBS_CLICKHOUSE_URL", server)
    .WaitFor(clickhouse);

builder.AddContainer("collector", "docker.io/otel/opentelemetry-collector-contrib", "0.161.0")
    .WithContainerFiles("/etc/otelcol-contrib", "../collector")
    .WithArgs("--config=/etc/otelcol-contrib/config.yaml")
    .WithEnvironment("AGENTOBS_COLLECTOR_HOST", "0.0.0.0")
    .WithEnvironment("AGENTOBS_CLICKHOUSE_HTTP", http)
    .WithEnvironment("AGENTOBS_CLICKHOUSE_USER", "agentobs")
    .WithEnvironment("AGENTOBS_CLICKHOUSE_PASSWORD", password)
    .WithEndpoint(port: 4317, targetPort: 4317, name: "grpc", scheme: "http", isProxied: false, isExternal: true)
    .WithEndpoint(port: 4318, targetPort: 4318, name: "otlp-http", scheme: "http", isProxied: false, isExternal: true)
    .WithHttpEndpoint(targetPort: 13133, name: "health")
    .WithHttpHealthCheck("/", 200, "health")
    .WithVolume("agentobs-collector", "/var/lib/otelcol")
    .WaitFor(clickhouse)
    .WaitForCompletion(migrator);

var query = builder.AddProject<Projects.AgentObs_Query>("query")
    .WithEnvironment("AGENTOBS_CLICKHOUSE_URL", server)
    .WithHttpHealthCheck("/healthz")
    .WaitForCompletion(migrator);

builder.AddProject<Projects.AgentObs_Web>("web")
    .WithReference(query)
    .WithHttpHealthCheck("/healthz")
    .WithExternalHttpEndpoints()
    .WaitFor(query);

await builder.Build().RunAsync();
return 0;
