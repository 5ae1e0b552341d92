using AgentObs.Conventions;
using AgentObs.ServiceDefaults;
using AgentObs.Web;

// The container topology: pages here, everything below /api from the Query service. Embedded, `agentobs serve` hosts both.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
var configuration = builder.Configuration;
string? Read(string key) => configuration[key];

// Aspire and the images of .NET say where to listen (`urls`, `http_ports`); what the user set himself comes first.
if (!string.IsNullOrEmpty(configuration[Setting.WebUrl.Variable]) || (string.IsNullOrEmpty(configuration["urls"]) && string.IsNullOrEmpty(configuration["http_ports"])))
{
    builder.WebHost.UseUrls(Setting.WebUrl.Read(Read));
}

var token = Setting.Token.Read(Read);
if (OpenAddresses.Of(configuration, token) is { Count: > 0 } open)
{
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, open));
    return OpenAddresses.ExitCode;
}

// Aspire names the service it has started; its address is the same for the pages and for what is forwarded.
var query = Setting.QueryUrl.Read(Read) is { Length: > 0 } set ? set : configuration["services:query:http:0"] ?? "http://query";
builder.WebHost.UseAgentObsWebFiles();
builder.AddServiceDefaults();
builder.Services.AddAgentObsWeb(_ => new Uri(query));
builder.Services.AddAgentObsForwarding(query);

var app = builder.Build();
app.UseAgentObsGuard(new GuardOptions(token, OwnAddresses.Of(Read)));
app.MapReverseProxy();
app.MapAgentObsWeb();
await app.RunAsync();
return 0;
