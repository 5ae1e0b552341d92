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
var urls = (builder.Configuration["urls"] ?? Setting.WebUrl.Default)
    .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
    .Select(url => new Uri(url.Replace("*", "0.0.0.0", StringComparison.Ordinal).Replace("+", "0.0.0.0", StringComparison.Ordinal)))
    .ToArray();
app.UseAgentObsGuard(new GuardOptions(Setting.Token.Read(key => builder.Configuration[key]), urls));
app.MapAgentObsQuery();
await app.RunAsync();
