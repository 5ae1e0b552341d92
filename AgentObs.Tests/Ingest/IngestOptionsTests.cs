using AgentObs.Ingest;
using Microsoft.Extensions.Options;

namespace AgentObs.Tests.Ingest;

public sealed class IngestOptionsTests
{
    [Fact]
    public void Defaults()
    {
        var options = IngestOptions.From(_ => null);
        Assert.Equal(("http://127.0.0.1:4317/", "http://127.0.0.1:4318/"), (options.GrpcUrl.ToString(), options.HttpUrl.ToString()));
    }

    [Fact]
    public void All_errors_come_at_once_and_name_their_variable()
    {
        var error = Assert.Throws<OptionsValidationException>(() => IngestOptions.From(name => name switch
        {
            "AGENTOBS_OTLP_GRPC_URL" => "https://example.org:1",
            "AGENTOBS_OTLP_HTTP_URL" => "http://0.0.0.0:4318",
            _ => null,
        }));
        Assert.Collection(
            error.Failures,
            f => Assert.StartsWith("AGENTOBS_OTLP_GRPC_URL is 'https://example.org:1'", f, StringComparison.Ordinal),
            f => Assert.Contains("AGENTOBS_TOKEN", f, StringComparison.Ordinal));
    }

    [Fact]
    public void One_port_for_both_is_refused() =>
        Assert.Throws<OptionsValidationException>(() => IngestOptions.From(name => name == "AGENTOBS_OTLP_HTTP_URL" ? "http://127.0.0.1:4317" : null));
}
