using AgentObs.Ingest.Forwarding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentObs.Tests.Ingest.Forwarding;

/// <summary>Targets behind TLS whose certificate a private CA has issued, over real handshakes.</summary>
public sealed class TlsTargetTests
{
    private const string Key = "key-of-the-target-1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_private_CA_that_is_named_is_trusted_and_the_key_is_sent_and_told_nowhere(string protocol)
    {
        using var authority = new PrivateAuthority("Company CA");
        using var certificate = authority.Issue("127.0.0.1");
        await using var target = await ForwardTarget.StartAsync(protocol == "grpc", certificate: certificate);
        var log = new KeptLog();
        await using var host = await StartAsync(target.Url, protocol, authority.PemFile, log);
        var sent = Body(1);
        await OtlpClient.HttpAsync(host.Http, "traces", sent);
        var (_, body, headers) = await target.NextAsync();
        Assert.Equal(sent, body);
        Assert.Equal("Bearer " + Key, headers.Authorization);

        // The second is refused, so that an error is told too.
        target.Answers.Enqueue(protocol == "grpc" ? 16 : 401);
        await OtlpClient.HttpAsync(host.Http, "traces", Body(2));
        var told = await ForwardWait.UntilAsync(host, forwarding => forwarding.Signals[0].Refused == 1);
        Assert.Equal((1, 0), (told.Signals[0].Sent, told.Signals[0].Retried));
        using var client = new HttpClient();
        Assert.DoesNotContain(Key, await client.GetStringAsync(new Uri(host.Http, "/api/ingest"), Cancellation), StringComparison.Ordinal);
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains(Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("grpc", "unknown", "not trusted here (", "Set AGENTOBS_FORWARD_CERTIFICATE to the PEM file")]
    [InlineData("http/protobuf", "unknown", "not trusted here (", "Set AGENTOBS_FORWARD_CERTIFICATE to the PEM file")]
    [InlineData("grpc", "another", "is not issued by one in ", "which is what AGENTOBS_FORWARD_CERTIFICATE names")]
    [InlineData("http/protobuf", "another", "is not issued by one in ", "which is what AGENTOBS_FORWARD_CERTIFICATE names")]
    [InlineData("http/protobuf", "name", "is not for '127.0.0.1'", "name the host in AGENTOBS_FORWARD_URL")]
    [InlineData("grpc", "expired", "has expired or is not valid yet", "Z to ")]
    [InlineData("grpc", "plain", "no TLS connection", "AGENTOBS_FORWARD_URL begins with https://")]
    [InlineData("http/protobuf", "plain", "no TLS connection", "AGENTOBS_FORWARD_URL begins with https://")]
    public async Task A_target_that_is_not_trusted_gets_nothing_and_the_setting_is_named(string protocol, string what, string why, string fix)
    {
        using var authority = new PrivateAuthority("Company CA");
        using var another = new PrivateAuthority("Another CA");
        using var certificate = authority.Issue(what == "name" ? "otel.example" : "127.0.0.1", isExpired: what == "expired");
        await using var target = await ForwardTarget.StartAsync(protocol == "grpc", certificate: what == "plain" ? null : certificate);
        var log = new KeptLog();
        var url = new UriBuilder(target.Url) { Scheme = "https" }.Uri;
        await using var host = await StartAsync(url, protocol, what switch { "unknown" => "", "another" => another.PemFile, _ => authority.PemFile }, log);
        await OtlpClient.HttpAsync(host.Http, "traces", Body(1));
        Assert.Equal(1UL, await host.CountAsync("otel_traces"));
        var told = await ForwardWait.UntilAsync(host, forwarding => forwarding.Signals[0].Retried > 0);
        Assert.Contains(why, told.LastError, StringComparison.Ordinal);
        Assert.Contains(fix, told.LastError, StringComparison.Ordinal);
        Assert.True(told.IsFailing);
        Assert.Equal((0, 0, 0), (told.Signals[0].Sent, told.Signals[0].Refused, told.Signals[0].Dropped));
        Assert.False(target.HasMore);
        Assert.Contains(fix, Assert.Single(log.Lines, line => line.StartsWith("Forwarding", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, line => line.Contains(Key, StringComparison.Ordinal));
    }

    private static byte[] Body(int id) => OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(id)));

    private static Task<IngestHost> StartAsync(Uri url, string protocol, string certificate, KeptLog log) => IngestHost.StartAsync(
        services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace)).AddSingleton<ILoggerProvider>(log),
        ForwardOptions.From(name => name switch
        {
            "AGENTOBS_FORWARD_URL" => url.AbsoluteUri,
            "AGENTOBS_FORWARD_PROTOCOL" => protocol,
            "AGENTOBS_FORWARD_HEADERS" => $"Authorization=Bearer%20{Key}",
            "AGENTOBS_FORWARD_CERTIFICATE" => certificate,
            _ => null,
        }));
}
