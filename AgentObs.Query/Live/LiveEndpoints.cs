using System.ComponentModel;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using AgentObs.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AgentObs.Query;

internal static class LiveEndpoints
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly SqlFile ListChangedSessions = Sql.Load("Live/ListChangedSessions.sql");

    public static void Map(RouteGroupBuilder api) => api.MapGet("/live", Listen)
        .WithName("Live")
        .WithSummary("Server-sent events: `changed` with the ids of sessions that changed; `heartbeat` at the start and every 15 s")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static ServerSentEventsResult<LiveChange> Listen(
        ClickHouseStore store,
        LiveSessions live,
        IHostApplicationLifetime host,
        CancellationToken ct,
        [Description("Id of the last event that was seen (Unix milliseconds): what changed since comes first")]
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId = null)
    {
        long? since = null;
        if (!string.IsNullOrEmpty(lastEventId))
        {
            since = long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id <= Parameters.Latest.Value / 1_000_000
                ? id
                : throw new BadParameterException("Last-Event-ID", "Last-Event-ID must be the id of an earlier event");
        }

        return TypedResults.ServerSentEvents(EventsAsync(store, live, since, host.ApplicationStopping, ct));
    }

    private static async IAsyncEnumerable<SseItem<LiveChange>> EventsAsync(
        ClickHouseStore store, LiveSessions live, long? since, CancellationToken stopping, [EnumeratorCancellation] CancellationToken ct)
    {
        // A stop of the host must not wait for listeners, who stay for hours.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, stopping);
        using var subscription = live.Subscribe();
        yield return Beat();
        if (since is { } from)
        {
            var missed = await store.QueryAsync(
                ListChangedSessions, new Dictionary<string, object?> { ["since"] = from }, row => (Id: row.GetString(0), At: row.GetInt64(1)), ct);
            if (missed.Count > 0)
            {
                yield return Event(new LiveChange(missed.ConvertAll(session => session.Id)), missed.Max(session => session.At));
            }
        }

        while (!end.IsCancellationRequested)
        {
            (LiveChange Change, long ReceivedAt)? next;
            try
            {
                next = await subscription.NextAsync(Heartbeat, end.Token);
            }
            catch (OperationCanceledException)
            {
                yield break;
            }

            yield return next is { } found ? Event(found.Change, found.ReceivedAt) : Beat();
        }
    }

    // Opens the stream at once and keeps proxies from closing it. It has no id: a browser's Last-Event-ID stays that of the last change.
    private static SseItem<LiveChange> Beat() => new(new LiveChange([]), "heartbeat");

    private static SseItem<LiveChange> Event(LiveChange change, long receivedAt) => new(change, "changed")
    {
        EventId = receivedAt == 0 ? null : receivedAt.ToString(CultureInfo.InvariantCulture),
    };
}
