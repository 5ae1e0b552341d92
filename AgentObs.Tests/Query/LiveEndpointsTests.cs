using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using AgentObs.Query;

namespace AgentObs.Tests.Query;

public sealed class LiveEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_told_and_a_listener_that_was_away_hears_what_it_missed()
    {
        await using var host = await QueryHost.StartAsync();
        string id;
        await using (var live = await ListenAsync(host, null))
        {
            Assert.Equal("heartbeat", (await live.NextAsync()).EventType);
            await Seed.SpansAsync(host.Store, SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s-1", TestIds.Noon));
            var changed = await live.NextAsync();
            Assert.Equal("changed", changed.EventType);
            Assert.Equal(["s-1"], JsonSerializer.Deserialize<LiveChange>(changed.Data, QueryJson.Options)!.Sessions);
            id = changed.EventId!;
        }

        await Seed.SpansAsync(host.Store, SeedSpan.Prompt(TestIds.Trace(2), TestIds.Span(1), "s-2", TestIds.Noon));
        await host.GetAsync<SessionList>("/api/sessions");
        await using var again = await ListenAsync(host, id);
        Assert.Equal("heartbeat", (await again.NextAsync()).EventType);
        Assert.Contains("s-2", JsonSerializer.Deserialize<LiveChange>((await again.NextAsync()).Data, QueryJson.Options)!.Sessions);
    }

    [Fact]
    public async Task A_bad_id_is_named()
    {
        await using var host = await QueryHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/live");
        request.Headers.Add("Last-Event-ID", "yesterday");
        using var response = await host.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Last-Event-ID", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static async Task<Listener> ListenAsync(QueryHost host, string? lastEventId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/live");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new Listener(response, await response.Content.ReadAsStreamAsync(Cancellation));
    }

    private sealed class Listener(HttpResponseMessage response, Stream body) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<SseItem<string>> events = SseParser.Create(body).EnumerateAsync(Cancellation).GetAsyncEnumerator(Cancellation);

        public async Task<SseItem<string>> NextAsync()
        {
            Assert.True(await events.MoveNextAsync());
            return events.Current;
        }

        public async ValueTask DisposeAsync()
        {
            await events.DisposeAsync();
            response.Dispose();
        }
    }
}
