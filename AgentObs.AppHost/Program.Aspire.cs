using AgentObs.AppHost;

Console.WriteLine(TopologyLine.For("containers", other: "embedded"));
var builder = DistributedApplication.CreateBuilder(args);
builder.AddDockerComposeEnvironment("compose").WithDashboard(false);

// The entrypoint of the image writes user and password unescaped into an XML file: letters and digits only.
var password = builder.AddParameter("clickhouse-password", new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true);
var clickhouse = builder.AddContainer("clickhouse", "docker.io/clickhouse/clickhouse-server", "26.7")
    .WithEnvironment("CLICKHOUSE_USER", ClickHouseCommands.User)
    .WithEnvironment("CLICKHOUSE_PASSWORD", password)
    .WithHttpEndpoint(targetPort: 8123, name: "http")
    .WithVolume("agentobs-clickhouse", "/var/lib/clickhouse")
    .WithContainerRuntimeArgs("--ulimit", "nofile=262144:262144")
    .WithHttpHealthCheck("/ping", 200, "http")
    .WithUrlForEndpoint("http", url => (url.Url, url.DisplayText) = ($"/play?user={ClickHouseCommands.User}", "SQL console"))
    .WithBackUpCommand(password.Resource)
    .PublishAsDockerComposeService((_, service) => service.Watch("wget -q --spider http://127.0.0.1:8123/ping"));
var http = clickhouse.GetEndpoint("http");
var server = ReferenceExpression.Create($"http://{ClickHouseCommands.User}:{password}@{http.Property(EndpointProperty.HostAndPort)}");

// The collector looks for its columns once, when it starts: the tables come first.
var migrator = builder.AddProject<Projects.AgentObs_Ingest>("migrator").WithArgs("migrate")
    .WithEnvironment("AGENTOBS_CLICKHOUSE_URL", server)
    .WaitFor(clickhouse)
    .PublishAsDockerComposeService((_, service) => service.After("clickhouse", "service_healthy"));

// An image of our own around the stock program: its queue's folder belongs to the user it runs as, and it can ask for its own health.
var collector = builder.AddDockerfile("collector", "../collector")
    .WithEnvironment("AGENTOBS_COLLECTOR_HOST", "0.0.0.0")
    .WithEnvironment("AGENTOBS_CLICKHOUSE_HTTP", http)
    .WithEnvironment("AGENTOBS_CLICKHOUSE_USER", ClickHouseCommands.User)
    .WithEnvironment("AGENTOBS_CLICKHOUSE_PASSWORD", password)
    .WithEndpoint(port: 4317, targetPort: 4317, name: "grpc", scheme: "http", isProxied: false)
    .WithEndpoint(port: 4318, targetPort: 4318, name: "otlp-http", scheme: "http", isProxied: false)
    .WithHttpEndpoint(targetPort: 13133, name: "health")
    .WithHttpHealthCheck("/", 200, "health")
    .WithVolume("agentobs-collector", "/var/lib/otelcol")
    .WaitFor(clickhouse)
    .WaitForCompletion(migrator)
    .PublishAsDockerComposeService((_, service) => service
        .On("127.0.0.1:4317:4317", "127.0.0.1:4318:4318")
        .After("clickhouse", "service_healthy")
        .Watch("/bin/wget", "-q", "--spider", "http://127.0.0.1:13133/"));

if (builder.Configuration["Parameters:signoz-otlp"] is { Length: > 0 } signoz)
{
    // A companion that only receives: what the collector stores it also hands on, secrets taken out. host:port of SigNoz's OTLP gRPC.
    collector.WithArgs("--config=/etc/otelcol-contrib/config.yaml", "--config=/etc/otelcol-contrib/signoz.yaml").WithEnvironment("AGENTOBS_SIGNOZ_OTLP", signoz);
}

var query = builder.AddProject<Projects.AgentObs_Query>("query")
    .WithEnvironment("AGENTOBS_CLICKHOUSE_URL", server)
    .WithHttpEndpoint(name: "http")
    .WithHttpHealthCheck("/healthz", 200, "http")
    .WaitForCompletion(migrator)
    .PublishAsDockerComposeService((_, service) => service
        .Set("AGENTOBS_QUERY_URL", "http://query:8080").Set("HTTP_PORTS", "8080")
        .Watch(ComposeServices.AskHealth(8080)));

builder.AddProject<Projects.AgentObs_Web>("web")
    .WithReference(query)
    .WithHttpEndpoint(port: 5317, name: "http")
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/healthz", 200, "http")
    .WithDemoCommand(collector)
    .WithDoctorCommand(collector)
    .WaitFor(query)
    .PublishAsDockerComposeService((_, service) => service
        .Set("AGENTOBS_QUERY_URL", "http://query:8080").Set("HTTP_PORTS", "8080")
        .On("127.0.0.1:5317:8080")
        .After("query", "service_healthy")
        .Watch(ComposeServices.AskHealth(8080)));

await builder.Build().RunAsync();
return 0;
