using AgentObs.Conventions;
using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>Counts what each kind of program sent.</summary>
internal sealed class ClientReader(ClickHouseStore store)
{
    private const long NanosPerMilli = 1_000_000;

    private static readonly SqlFile CountSpans = Sql.Load("Clients/CountSpans.sql");
    private static readonly SqlFile CountLogs = Sql.Load("Clients/CountLogs.sql");
    private static readonly SqlFile CountPoints = Sql.Load("Clients/CountPoints.sql");
    private static readonly ClientSummary Nothing = new("", [], 0, 0, 0, 0, 0, null, null, null, null);

    public async Task<ClientList> ListAsync(UnixNano from, CancellationToken ct)
    {
        var bound = new Dictionary<string, object?> { ["from"] = from.Value / NanosPerMilli };
        var clients = new Dictionary<string, ClientSummary>(StringComparer.Ordinal);
        foreach (var (client, services, count, last, delay) in await store.QueryAsync(
            CountSpans, bound, row => (row.GetString(0), row.List<string>(1), (long)row.Number(2), row.Milliseconds(3), row.GetInt64(4)), ct))
        {
            Add(client, services, known => known with { Spans = count, LastSpan = last, DelayNano = delay * NanosPerMilli });
        }

        foreach (var (client, services, count, last, delay, inTraces, unsampled) in await store.QueryAsync(
            CountLogs,
            bound,
            row => (row.GetString(0), row.List<string>(1), (long)row.Number(2), row.Milliseconds(3), row.GetInt64(4), (long)row.Number(5), (long)row.Number(6)),
            ct))
        {
            Add(client, services, known => known with
            {
                Logs = count,
                LastLog = last,
                LogsInTraces = inTraces,
                LogsUnsampled = unsampled,
                DelayNano = known.DelayNano ?? (delay * NanosPerMilli),
            });
        }

        foreach (var (client, services, count, last) in await store.QueryAsync(
            CountPoints, bound, row => (row.GetString(0), row.List<string>(1), (long)row.Number(2), row.Milliseconds(3)), ct))
        {
            Add(client, services, known => known with { Points = count, LastPoint = last });
        }

        return new ClientList(from, [.. clients.Values.OrderByDescending(Last).ThenBy(client => client.Client, StringComparer.Ordinal)]);

        void Add(string client, string[] services, Func<ClientSummary, ClientSummary> add)
        {
            var known = clients.GetValueOrDefault(client, Nothing with { Client = client });
            clients[client] = add(known with { Services = [.. known.Services.Union(services).Order(StringComparer.Ordinal)] });
        }
    }

    private static long Last(ClientSummary client) =>
        Math.Max(client.LastSpan?.Value ?? 0, Math.Max(client.LastLog?.Value ?? 0, client.LastPoint?.Value ?? 0));
}
