using System.Net;
using AgentObs.Cli;
using AgentObs.Cli.Serving;
using AgentObs.Conventions;

namespace AgentObs.Tests.Cli;

/// <summary>All settings are checked before anything starts, and each complaint names its variable.</summary>
public sealed class ServeSettingsTests
{
    [Fact]
    public void Nothing_set_is_the_documented_defaults()
    {
        var settings = Read([]);

        Assert.Equal(["127.0.0.1:5317", "127.0.0.1:4317", "127.0.0.1:4318"], settings.Addresses.Select(address => address.Url.Authority));
    }

    [Fact]
    public void All_wrong_settings_are_named_at_once()
    {
        var error = Assert.Throws<CommandException>(() => Read(new()
        {
            ["AGENTOBS_WEB_URL"] = "five",
            ["AGENTOBS_OTLP_GRPC_URL"] = "https://127.0.0.1:4317",
            ["AGENTOBS_OTLP_HTTP_URL"] = "http://0.0.0.0:4318",
        }));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("AGENTOBS_WEB_URL is 'five'", error.Message, StringComparison.Ordinal);
        Assert.Contains("AGENTOBS_OTLP_GRPC_URL is 'https://127.0.0.1:4317'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Set AGENTOBS_TOKEN to a secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:4317", "AGENTOBS_TELEMETRY_URL and AGENTOBS_OTLP_GRPC_URL are both 127.0.0.1:4317")]
    [InlineData("http://localhost:4318", "AGENTOBS_TELEMETRY_URL and AGENTOBS_OTLP_HTTP_URL are both localhost:4318")]
    [InlineData("somewhere", "AGENTOBS_TELEMETRY_URL is 'somewhere'")]
    public void Its_own_telemetry_is_not_sent_to_itself(string url, string expected) =>
        Assert.Contains(expected, Assert.Throws<CommandException>(() => Read(new() { ["AGENTOBS_TELEMETRY_URL"] = url })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://127.0.0.1:4317", "AGENTOBS_FORWARD_URL and AGENTOBS_OTLP_GRPC_URL are both 127.0.0.1:4317")]
    [InlineData("http://localhost:4318", "AGENTOBS_FORWARD_URL and AGENTOBS_OTLP_HTTP_URL are both localhost:4318")]
    [InlineData("somewhere", "AGENTOBS_FORWARD_URL is 'somewhere'")]
    public void What_is_stored_is_not_forwarded_to_itself(string url, string expected) =>
        Assert.Contains(expected, Assert.Throws<CommandException>(() => Read(new() { ["AGENTOBS_FORWARD_URL"] = url })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_certificate_for_forwarding_that_is_not_there_is_said_before_anything_starts()
    {
        var error = Assert.Throws<CommandException>(() => Read(new() { ["AGENTOBS_FORWARD_URL"] = "https://otel.example", ["AGENTOBS_FORWARD_CERTIFICATE"] = "/not/there/ca.pem" }));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("AGENTOBS_FORWARD_CERTIFICATE is '/not/there/ca.pem', which cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shells_exporter_variable_is_for_the_agents_and_moves_nothing()
    {
        Assert.Null(Read(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4317" }).Telemetry);
        Assert.Equal(new Uri("http://127.0.0.1:14317"), Read(new() { ["AGENTOBS_TELEMETRY_URL"] = "http://127.0.0.1:14317" }).Telemetry);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5317/path")]
    [InlineData("http://user@127.0.0.1:5317")]
    [InlineData("http://somewhere:5317")]
    [InlineData("127.0.0.1:5317")]
    public void No_address_to_listen_on(string url) =>
        Assert.Contains("AGENTOBS_WEB_URL is", Assert.Throws<CommandException>(() => Read(new() { ["AGENTOBS_WEB_URL"] = url })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_token_opens_the_address()
    {
        var settings = Read(new() { ["AGENTOBS_WEB_URL"] = "http://0.0.0.0:5317", ["AGENTOBS_TOKEN"] = "secret" });

        Assert.Equal("http://127.0.0.1:9999/", settings.Web.ReachableAt(9999).AbsoluteUri);
    }

    [Theory]
    [InlineData("AGENTOBS_OTLP_HTTP_URL", "http://localhost:4317", "AGENTOBS_OTLP_HTTP_URL and AGENTOBS_OTLP_GRPC_URL are both port 4317")]
    [InlineData("AGENTOBS_OTLP_HTTP_URL", "http://127.0.0.2:4317", "AGENTOBS_OTLP_HTTP_URL and AGENTOBS_OTLP_GRPC_URL are both port 4317")]
    [InlineData("AGENTOBS_CLICKHOUSE_URL", "http://default:pw@127.0.0.2:5317", "AGENTOBS_CLICKHOUSE_URL and AGENTOBS_WEB_URL are both port 5317")]
    public void Two_settings_of_one_port_are_refused(string variable, string url, string expected) =>
        Assert.Contains(expected, Assert.Throws<CommandException>(() => Read(new() { [variable] = url })).Message, StringComparison.Ordinal);

    [Fact]
    public void Localhost_is_both_loopback_addresses_but_port_0_only_one()
    {
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], Addresses("http://localhost:5317"));
        Assert.Equal([IPAddress.Loopback], Addresses("http://localhost:0"));

        static IEnumerable<IPAddress> Addresses(string url) => Read(new() { ["AGENTOBS_WEB_URL"] = url }).Web.EndPoints.Select(endPoint => endPoint.Address);
    }

    [Fact]
    public void A_file_is_no_data_folder() =>
        Assert.Contains(
            "AGENTOBS_DATA is",
            Assert.Throws<CommandException>(() => Read(new() { [Setting.Data.Variable] = typeof(ServeSettingsTests).Assembly.Location })).Message,
            StringComparison.Ordinal);

    private static ServeSettings Read(Dictionary<string, string> variables) => ServeSettings.Read(variables.GetValueOrDefault);
}
