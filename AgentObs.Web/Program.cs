using AgentObs.Conventions;
using AgentObs.ServiceDefaults;
using AgentObs.Web;

// The container topology: pages here, everything below /api from the Query service. Embedded, `agentobs serve` hosts both.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
var configuration = builder.Configuration;
var listen = Setting.WebUrl.Read(key => configuration[key]);
var query = configuration["AgentObs:QueryUrl"] ?? "http://query";

if (string.IsNullOrEmpty(configuration["urls"]))
{
    builder.WebHost.UseUrls(listen);
}

builder.WebHost.UseAgentObsWebFiles();
builder.AddServiceDefaults();
builder.Services.AddAgentObsWeb(_ => new Uri(query));
builder.Services.AddAgentObsForwarding(query);

var app = builder.Build();
app.UseAgentObsGuard(new GuardOptions(Setting.Token.Read(key => configuration[key]), [new Uri(listen)]));
app.MapReverseProxy();
app.MapAgentObsWeb();
await app.RunAsync();
