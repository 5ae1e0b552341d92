using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentObs.Benchmarks.Forwarding;

/// <summary>An OTLP endpoint over HTTP that takes everything at once.</summary>
internal sealed class LiveTarget : IAsyncDisposable
{
    private readonly WebApplication app;
    private long bytes;

    private LiveTarget(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.Single());

    public long Bytes => Interlocked.Read(ref bytes);

    public static async Task<LiveTarget> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var target = new LiveTarget(app);
        app.MapPost("/{**path}", target.TakeAsync);
        await app.StartAsync();
        return target;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
        {
            Interlocked.Add(ref bytes, read);
        }
    }
}
