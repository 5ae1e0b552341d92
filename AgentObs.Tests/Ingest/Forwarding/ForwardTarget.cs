using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AgentObs.Tests.Ingest.Forwarding;

/// <summary>Another OTLP endpoint, of which tests say how it answers. Keeps each message it was sent, without gRPC's frame.</summary>
internal sealed class ForwardTarget : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Channel<(string Path, byte[] Body, IHeaderDictionary Headers)> received = Channel.CreateUnbounded<(string, byte[], IHeaderDictionary)>();

    private ForwardTarget(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.Single());

    /// <summary>Asked for each request: an HTTP status, or for gRPC a grpc-status; -1: no answer at all.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    /// <summary>Each answers one request, before <see cref="Answers"/> is asked.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Instead { get; } = new();

    /// <summary>Over HTTP: messages that get a 400.</summary>
    public Func<byte[], bool> IsRefused { get; set; } = _ => false;

    /// <summary>Over HTTP: a path that is not there.</summary>
    public string NotFound { get; set; } = "";

    public static async Task<ForwardTarget> StartAsync(bool isGrpc, int port = 0, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var app = builder.Build();
        var target = new ForwardTarget(app);
        app.MapPost("/{**path}", context => target.AnswerAsync(context, isGrpc));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return target;
    }

    /// <summary>The next message that came.</summary>
    public async Task<(string Path, byte[] Body, IHeaderDictionary Headers)> NextAsync() =>
        await received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>Messages until so many bytes of a signal have come, laid end to end: forwarding may join what waited.</summary>
    public async Task<byte[]> BytesAsync(string path, int count)
    {
        var bytes = new List<byte>();
        while (bytes.Count < count)
        {
            var next = await NextAsync();
            Assert.Contains(path, next.Path, StringComparison.Ordinal);
            bytes.AddRange(next.Body);
        }

        return [.. bytes];
    }

    public bool HasMore => received.Reader.Count > 0;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, bool isGrpc)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (Instead.TryDequeue(out var instead))
        {
            await instead(context);
            return;
        }

        if (!isGrpc && (context.Request.Path == NotFound || IsRefused(body.ToArray())))
        {
            context.Response.StatusCode = context.Request.Path == NotFound ? 404 : 400;
            return;
        }

        var answer = Answers.TryDequeue(out var wanted) ? wanted : isGrpc ? 0 : 200;
        if (answer < 0)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        if (isGrpc)
        {
            context.Response.ContentType = "application/grpc";
            context.Response.AppendTrailer("grpc-status", answer.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (answer == 0)
            {
                await context.Response.Body.WriteAsync(new byte[5], context.RequestAborted);
            }
        }
        else
        {
            context.Response.StatusCode = answer;
        }

        if (answer is 0 or 200)
        {
            received.Writer.TryWrite((context.Request.Path, isGrpc ? body.ToArray()[5..] : body.ToArray(), new HeaderDictionary(context.Request.Headers.ToDictionary())));
        }
    }
}
