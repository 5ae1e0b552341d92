using AgentObs.Cli.Setup;

namespace AgentObs.Tests.Cli.Setup;

/// <summary>Lines of settings files as setup shows them.</summary>
public sealed class SecretsTests
{
    [Theory]
    [InlineData("""  "ANTHROPIC_API_KEY": "hunter22",""")]
    [InlineData("""bearer_token = 'hunter22'""")]
    [InlineData("""exporter = { otlp-http = { endpoint = "https://x", headers = { "x-team" = "hunter22" } } }""")]
    [InlineData("""args = ["mcp", "--api-key", "hunter22"]""")]
    [InlineData("""  "HTTPS_PROXY": "http://me:hunter22@proxy.example:3128",""")]
    [InlineData("""url = "https://hunter22@mcp.example/sse" """)]
    public void What_is_secret_is_left_out(string line) => Assert.DoesNotContain("hunter22", Secrets.Hide(line), StringComparison.Ordinal);

    [Theory]
    [InlineData("""  "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4317",""")]
    [InlineData("""model = "gpt-5.5" # me@example.com""")]
    public void What_is_not_stays(string line) => Assert.Equal(line, Secrets.Hide(line));
}
