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
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_target_that_is_not_trusted_gets_nothing_is_counted_and_the_setting_is_named(string protocol)
    {
        const string Fix = "Set AGENTOBS_FORWARD_CERTIFICATE to the PEM file";
        using var authority = new PrivateAuthority("Company CA");
        using var certificate = authority.Issue("127.0.0.1");
        await using var target = await ForwardTarget.StartAsync(protocol == "grpc", certificate: certificate);
        var log = new KeptLog();
        await using var host = await StartAsync(target.Url, protocol, "", log);
        await OtlpClient.HttpAsync(host.Http, "traces", Body(1));
        Assert.Equal(1UL, await host.CountAsync("otel_traces"));
        var told = await ForwardWait.UntilAsync(host, forwarding => forwarding.Signals[0].Retried > 0);
        Assert.Contains("not trusted here (", told.LastError, StringComparison.Ordinal);
        Assert.Contains(Fix, told.LastError, StringComparison.Ordinal);
        Assert.True(told.IsFailing);
        Assert.Equal((0, 0, 0), (told.Signals[0].Sent, told.Signals[0].Refused, told.Signals[0].Dropped));
        Assert.False(target.HasMore);
        Assert.Contains(Fix, Assert.Single(log.Lines, line => line.StartsWith("Forwarding", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, line => line.Contains(Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("another CA", "is not issued by one in ", "which is what AGENTOBS_FORWARD_CERTIFICATE names")]
    [InlineData("another name", "is not for '127.0.0.1'", "name the host in AGENTOBS_FORWARD_URL")]
    [InlineData("expired", "has expired or is not valid yet", "Z to ")]
    [InlineData("no TLS there", "no TLS connection", "AGENTOBS_FORWARD_URL begins with https://")]
    [InlineData("TLS there", "no answer to read", "AGENTOBS_FORWARD_URL begins with http://")]
    public async Task Why_no_connection_came_about_is_said_with_the_setting_and_it_is_tried_again(string what, string why, string fix)
    {
        using var authority = new PrivateAuthority("Company CA");
        using var another = new PrivateAuthority("Another CA");
        using var certificate = authority.Issue(what == "another name" ? "otel.example" : "127.0.0.1", isExpired: what == "expired");
        foreach (var protocol in new[] { "grpc", "http/protobuf" })
        {
            await using var target = await ForwardTarget.StartAsync(protocol == "grpc", certificate: what == "no TLS there" ? null : certificate);
            var url = new UriBuilder(target.Url) { Scheme = what == "TLS there" ? "http" : "https" }.Uri;
            using var transport = ForwardTransports.For(OptionsOf(url, protocol, what == "TLS there" ? "" : what == "another CA" ? another.PemFile : authority.PemFile));
            var result = await transport.SendAsync(AgentObs.Ingest.Otlp.OtlpSignal.Traces, Body(1), Cancellation);
            Assert.Equal(ForwardOutcome.TryAgain, result.Outcome);
            Assert.Contains(why, result.Message, StringComparison.Ordinal);
            Assert.Contains(fix, result.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Key, result.Message, StringComparison.Ordinal);
            Assert.False(target.HasMore);
        }
    }

    [Fact]
    public async Task An_intermediate_that_the_target_does_not_send_may_stand_in_the_file()
    {
        using var root = new PrivateAuthority("Company CA");
        using var intermediate = new PrivateAuthority("Company CA 2", root);
        using var certificate = intermediate.Issue("127.0.0.1");
        await using var target = await ForwardTarget.StartAsync(isGrpc: false, certificate: certificate);
        var both = root.File([.. await File.ReadAllBytesAsync(root.PemFile, Cancellation), (byte)'\n', .. await File.ReadAllBytesAsync(intermediate.PemFile, Cancellation)]);
        foreach (var (file, outcome) in new[] { (root.PemFile, ForwardOutcome.TryAgain), (both, ForwardOutcome.Sent) })
        {
            using var transport = ForwardTransports.For(OptionsOf(target.Url, "http/protobuf", file));
            Assert.Equal(outcome, (await transport.SendAsync(AgentObs.Ingest.Otlp.OtlpSignal.Traces, Body(1), Cancellation)).Outcome);
        }
    }

    private static byte[] Body(int id) => OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(id)));

    private static Task<IngestHost> StartAsync(Uri url, string protocol, string certificate, KeptLog log) => IngestHost.StartAsync(
        services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace)).AddSingleton<ILoggerProvider>(log),
        OptionsOf(url, protocol, certificate));

    private static ForwardOptions OptionsOf(Uri url, string protocol, string certificate) => ForwardOptions.From(name => name switch
    {
        "AGENTOBS_FORWARD_URL" => url.AbsoluteUri,
        "AGENTOBS_FORWARD_PROTOCOL" => protocol,
        "AGENTOBS_FORWARD_HEADERS" => $"Authorization=Bearer%20{Key}",
        "AGENTOBS_FORWARD_CERTIFICATE" => certificate,
        _ => null,
    })!;
}
