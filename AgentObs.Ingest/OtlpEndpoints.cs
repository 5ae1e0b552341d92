using System.Net;
using AgentObs.Ingest.Otlp;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AgentObs.Ingest;

/// <summary>The two OTLP ports. With port 0 the addresses are those chosen, once the host has started.</summary>
public sealed class OtlpEndpoints
{
    private readonly ProtocolSwitch protocols;
    private Func<Uri>? grpc;
    private Func<Uri>? http;

    internal OtlpEndpoints(IngestLimits limits, IngestCounters counters) => protocols = new ProtocolSwitch(limits, counters);

    /// <exception cref="InvalidOperationException"><see cref="IngestHosting.ListenOtlp"/> was not called.</exception>
    public Uri Grpc => (grpc ?? throw NotListening())();

    /// <inheritdoc cref="Grpc"/>
    public Uri Http => (http ?? throw NotListening())();

    /// <summary>Open on both ports.</summary>
    internal int Connections => protocols.Open;

    internal void Listen(KestrelServerOptions kestrel, IngestOptions options)
    {
        grpc = Listen(kestrel, options.GrpcUrl, protocols.ServeHttp2);
        http = Listen(kestrel, options.HttpUrl, protocols.ServeHttp1);
    }

    private static Func<Uri> Listen(KestrelServerOptions kestrel, Uri url, Action<ListenOptions> serve)
    {
        if (url.Host == "localhost" && url.Port != 0)
        {
            kestrel.ListenLocalhost(url.Port, serve);
            return () => url;
        }

        // Two families cannot be given the same free port: with port 0 localhost is IPv4 alone.
        var address = url.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(url.Host.Trim('[', ']'));
        ListenOptions? listen = null;
        kestrel.Listen(address, url.Port, l => serve(listen = l));
        return () => new UriBuilder(url) { Port = listen!.IPEndPoint!.Port }.Uri;
    }

    private static InvalidOperationException NotListening() => new("kestrel.ListenOtlp(options) was not called.");
}
