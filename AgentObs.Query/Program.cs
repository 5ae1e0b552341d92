using AgentObs.Conventions;
using AgentObs.Query;
using AgentObs.ServiceDefaults;
using AgentObs.Storage;

// The container topology: reads the ClickHouse server that AGENTOBS_CLICKHOUSE_URL names.
// Its content root is watched with all folders below it: never the current folder, which is / in an image.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
var token = Setting.Token.Read(key => builder.Configuration[key]);
if (OpenAddresses.Of(builder.Configuration, token) is { Count: > 0 } open)
{
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, open));
    return OpenAddresses.ExitCode;
}

builder.AddServiceDefaults();
builder.Services.AddAgentObsStorage(StorageOptions.FromServer(key => builder.Configuration[key]));
builder.Services.AddAgentObsQuery();

var app = builder.Build();
app.UseAgentObsGuard(new GuardOptions(token, OwnAddresses.Of(key => builder.Configuration[key])));
app.MapAgentObsQuery();

// Embedded it is Ingest's own; here the collector takes telemetry in and counts it.
app.MapGet("/api/ingest", () => TypedResults.Problem(
    "Telemetry comes in through the OpenTelemetry Collector here. Its figures, from within its network: http://collector:8888/metrics (otelcol_receiver_accepted_*, otelcol_receiver_refused_*, otelcol_exporter_queue_size).",
    statusCode: StatusCodes.Status501NotImplemented, title: "The collector counts"));
await app.RunAsync();
return 0;
