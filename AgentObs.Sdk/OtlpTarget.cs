using AgentObs.Conventions;
using OpenTelemetry.Exporter;

namespace AgentObs.Sdk;

/// <summary>Where telemetry goes: the running AgentObs, over HTTP with protobuf.</summary>
internal sealed class OtlpTarget(Uri address, string token)
{
    // A program ends within this where nobody answers.
    private const int TimeoutMilliseconds = 3000;

    /// <exception cref="FormatException">As <see cref="RunningAddresses.Find"/>.</exception>
    public static OtlpTarget Find(Func<string, string?> variable)
    {
        var running = RunningAddresses.Find(variable);
        return new OtlpTarget(running.OtlpHttp, running.Token);
    }

    /// <param name="signal"><c>traces</c> or <c>metrics</c>.</param>
    public void Configure(OtlpExporterOptions options, string signal)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri($"{address.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
        options.TimeoutMilliseconds = TimeoutMilliseconds;
        // What OTEL_EXPORTER_OTLP_HEADERS says is for another address.
        options.Headers = token.Length > 0 ? "Authorization=Bearer " + Uri.EscapeDataString(token) : null;
        // A proxy of the environment does not know this machine's loopback.
        options.HttpClientFactory = () => new HttpClient(new SocketsHttpHandler { UseProxy = !address.IsLoopback, AllowAutoRedirect = false })
        {
            Timeout = TimeSpan.FromMilliseconds(TimeoutMilliseconds),
        };
    }
}
