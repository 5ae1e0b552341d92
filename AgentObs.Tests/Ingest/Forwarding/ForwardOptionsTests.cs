using AgentObs.Ingest.Forwarding;
using Microsoft.Extensions.Options;

namespace AgentObs.Tests.Ingest.Forwarding;

public sealed class ForwardOptionsTests
{
    [Fact]
    public void Off_without_an_address() => Assert.Null(ForwardOptions.From(_ => null));

    [Theory]
    [InlineData("http://127.0.0.1:4317", "", true)]
    [InlineData("https://collector.example", "", false)]
    [InlineData("https://collector.example", "grpc", true)]
    [InlineData("http://127.0.0.1:4317", "http/protobuf", false)]
    [InlineData("https://collector.example/otlp", "", false)]
    public void Protocol_is_the_one_named_else_the_ports(string url, string protocol, bool isGrpc) => Assert.Equal(isGrpc, Read(url, protocol)!.IsGrpc);

    [Theory]
    [InlineData("here", "", "", "AGENTOBS_FORWARD_URL is 'here'")]
    [InlineData("ftp://x", "", "", "AGENTOBS_FORWARD_URL is 'ftp://x'")]
    [InlineData("http://user:hunter22@h", "", "", "Put keys into AGENTOBS_FORWARD_HEADERS")]
    [InlineData("http://h:1", "thrift", "", "AGENTOBS_FORWARD_PROTOCOL is 'thrift'")]
    [InlineData("http://h/otlp", "grpc", "", "Leave '/otlp' out")]
    [InlineData("http://h", "", "key", "AGENTOBS_FORWARD_HEADERS: entry 1")]
    [InlineData("http://h", "", "a=1,b c=hunter22", "AGENTOBS_FORWARD_HEADERS: entry 2")]
    [InlineData("http://h", "", "a=x%0d%0ay:hunter22", "AGENTOBS_FORWARD_HEADERS: entry 1")]
    [InlineData("http://h", "", "a=hunter22%C3%A9", "AGENTOBS_FORWARD_HEADERS: entry 1")]
    [InlineData("http://h", "grpc", "key-bin=hunter22", "AGENTOBS_FORWARD_HEADERS: entry 1")]
    [InlineData("http://h", "grpc", "a~b=hunter22", "AGENTOBS_FORWARD_HEADERS: entry 1")]
    public void What_is_wrong_is_named_with_the_fix_and_without_the_secret(string url, string protocol, string headers, string expected)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read(url, protocol, headers));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_are_read_as_exporters_read_theirs() => Assert.Equal(
        [KeyValuePair.Create("signoz-ingestion-key", "a=b c"), KeyValuePair.Create("x", "")], Read("http://h", "", "SigNoz-Ingestion-Key=a=b%20c, x=")!.Headers);

    [Fact]
    public void A_certificate_file_that_cannot_be_used_is_said_with_the_fix()
    {
        using var authority = new PrivateAuthority("Company CA");
        using var leaf = authority.Issue("otel.example");
        AssertWrong(Path.Combine(Path.GetTempPath(), "is-not-there.pem"), "which cannot be read");
        AssertWrong(Path.GetTempPath(), "which cannot be read");
        AssertWrong(authority.File("nothing here"u8.ToArray()), "no -----BEGIN CERTIFICATE-----");
        AssertWrong(authority.File([]), "no -----BEGIN CERTIFICATE-----");
        AssertWrong(authority.File(authority.Der), "openssl x509 -inform der");
        AssertWrong(authority.File("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"u8.ToArray()), "holds a certificate that cannot be read");
        AssertWrong(authority.File(System.Text.Encoding.ASCII.GetBytes(leaf.ExportCertificatePem())), "which holds no root: 'CN=otel.example' is issued by 'CN=Company CA'");
        AssertWrong(authority.PemFile, "where no certificate is looked at", "http://otel.example");
        Assert.Single(Read("https://otel.example", certificate: authority.PemFile)!.Roots!.Certificates);
        Assert.Null(Read("", certificate: "is-not-there.pem"));

        static void AssertWrong(string file, string expected, string url = "https://otel.example")
        {
            var error = Assert.Throws<OptionsValidationException>(() => Read(url, certificate: file));
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
            Assert.Contains("AGENTOBS_FORWARD_CERTIFICATE is ", error.Message, StringComparison.Ordinal);
        }
    }

    private static ForwardOptions? Read(string url, string protocol = "", string headers = "", string certificate = "") => ForwardOptions.From(name => name switch
    {
        "AGENTOBS_FORWARD_URL" => url,
        "AGENTOBS_FORWARD_PROTOCOL" => protocol,
        "AGENTOBS_FORWARD_HEADERS" => headers,
        "AGENTOBS_FORWARD_CERTIFICATE" => certificate,
        _ => null,
    });
}
