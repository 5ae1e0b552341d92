using AgentObs.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace AgentObs.Tests.ServiceDefaults;

public sealed class OpenAddressesTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("urls=http://127.0.0.1:5000;http://[::1]:5000;http://localhost:5000")]
    [InlineData("urls=http://unix:/run/agentobs.sock")]
    [InlineData("urls=http://127.0.0.1:5000", "http_ports=8080")]
    [InlineData("urls=http://0.0.0.0:5000", "DOTNET_RUNNING_IN_CONTAINER=true")]
    [InlineData("http_ports=8080", "DOTNET_RUNNING_IN_CONTAINER=true")]
    public void Loopback_and_a_containers_own_network_are_good(params string?[] set) => Assert.Empty(OpenAddresses.Of(Configuration(set), ""));

    [Theory]
    [InlineData("ASPNETCORE_URLS is 0.0.0.0:5000,", "urls=http://0.0.0.0:5000")]
    [InlineData("ASPNETCORE_URLS is +:5000,", "urls=http://127.0.0.1:5001;http://+:5000")]
    [InlineData("ASPNETCORE_URLS is [::]:5000,", "urls=http://[::]:5000")]
    [InlineData("ASPNETCORE_URLS is my-machine:5000,", "urls=https://my-machine:5000")]
    [InlineData("ASPNETCORE_HTTP_PORTS is *:8080,", "http_ports=8080")]
    [InlineData("ASPNETCORE_HTTPS_PORTS is *:8443,", "https_ports=8443")]
    [InlineData("AGENTOBS_WEB_URL is 0.0.0.0:5317,", "urls=http://0.0.0.0:5317", "AGENTOBS_WEB_URL=http://0.0.0.0:5317")]
    [InlineData("Kestrel__Endpoints__Lan__Url is 192.0.2.7:80,", "urls=http://127.0.0.1:1", "Kestrel:Endpoints:Lan:Url=http://192.0.2.7:80")]
    public void Whatever_else_is_named_by_its_setting(string begin, params string?[] set)
    {
        Assert.StartsWith(begin, Assert.Single(OpenAddresses.Of(Configuration(set), "")), StringComparison.Ordinal);
        Assert.Empty(OpenAddresses.Of(Configuration(set), "secret"));
    }

    private static IConfiguration Configuration(string?[]? set) => new ConfigurationBuilder()
        .AddInMemoryCollection((set ?? []).OfType<string>().Select(text => text.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])))
        .Build();
}
