using AgentObs.Conventions;
using AgentObs.Query;
using AgentObs.ServiceDefaults;
using AgentObs.Storage;

// The container topology: reads the ClickHouse server that AGENTOBS_CLICKHOUSE_URL names.
var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddAgentObsStorage(StorageOptions.FromServer(key => builder.Configuration[key]));
builder.Services.AddAgentObsQuery();

var app = builder.Build();
app.UseAgentObsGuard(new GuardOptions(Setting.Token.Read(key => builder.Configuration[key]), OwnAddresses.Of(key => builder.Configuration[key])));
app.MapAgentObsQuery();
await app.RunAsync();
