using AgentObs.Conventions;
using AgentObs.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentObs.Tests.Storage;

/// <summary>
/// The way to a ClickHouse server, over a real socket: a listener that asks for a password and runs the requests on the engine.
/// </summary>
public sealed class ServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_on_a_server_migrates_inserts_and_reads_like_the_embedded_one()
    {
        await using var engine = await EngineFixture.OpenDatabaseAsync();
        await using var server = await StartAsync(engine, "reader:p%40ss");
        var options = new StorageOptions { ServerUrl = Address(server, "reader:p%40ss"), Database = EngineFixture.NewOptions().Database };
        await using var store = await ClickHouseStore.OpenAsync(options, NullLoggerFactory.Instance, Cancellation);
        await store.InsertAsync(Spans.Block(20000), Cancellation);
        Assert.Equal(20000, await store.SingleAsync<int>("SELECT count() FROM otel_traces", Cancellation));
        var text = await store.QueryAsync(
            new SqlFile("parameter", "SELECT {text:String}"), new Dictionary<string, object?> { ["text"] = "a\tb\n'\\" }, row => row.GetString(0), Cancellation);
        Assert.Equal(["a\tb\n'\\"], text);
        var refused = await Assert.ThrowsAsync<StorageException>(() => store.InsertNativeAsync(
            TableNames.Traces, ["Nosuch"], (body, ct) => body.WriteAsync(new byte[] { 1, 0 }, ct).AsTask(), Cancellation));
        Assert.Equal(16, refused.Code);
    }

    [Fact]
    public async Task A_server_that_is_away_or_refuses_is_said_plainly()
    {
        await using var engine = await EngineFixture.OpenDatabaseAsync();
        var server = await StartAsync(engine, "reader:secret");
        var wrong = new StorageOptions { ServerUrl = Address(server, "reader:wrong"), Database = "otel" };
        var refused = await Assert.ThrowsAsync<StorageException>(() => ClickHouseStore.OpenAsync(wrong, NullLoggerFactory.Instance, Cancellation));
        Assert.Equal(516, refused.Code);
        await server.DisposeAsync();
        var away = await Assert.ThrowsAsync<StorageException>(() => ClickHouseStore.OpenAsync(wrong, NullLoggerFactory.Instance, Cancellation));
        Assert.True(away.IsRetryable);
        Assert.Throws<StorageException>(() => StorageOptions.FromServer(_ => null));
    }

    private static Uri Address(WebApplication server, string user) => new(server.Urls.Single().Replace("//", $"//{user}@", StringComparison.Ordinal));

    private static async Task<WebApplication> StartAsync(ClickHouseStore engine, string user)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var expected = "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user)));
        app.Run(async context =>
        {
            if (context.Request.Headers.Authorization != expected)
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                context.Response.Headers["X-ClickHouse-Exception-Code"] = "516";
                await context.Response.WriteAsync("Code: 516. DB::Exception: Authentication failed");
                return;
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, context.Request.Path + context.Request.QueryString.Value)
            {
                Content = new StreamContent(context.Request.Body),
            };
            if (context.Request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding)
            {
                request.Content.Headers.ContentEncoding.Add(encoding);
            }

            using var reply = await engine.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)reply.StatusCode;
            foreach (var (name, values) in reply.Headers.Where(header => header.Key.StartsWith("X-", StringComparison.Ordinal)))
            {
                context.Response.Headers[name] = string.Join(',', values);
            }

            await reply.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        });
        await app.StartAsync(Cancellation);
        return app;
    }
}
