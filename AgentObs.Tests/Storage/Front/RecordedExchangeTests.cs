using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AgentObs.Tests.Cli;
using AgentObs.Tests.Ingest;

namespace AgentObs.Tests.Storage.Front;

/// <summary>The stock collector (contrib 0.161.0) at the front: what it really sent, plain and in lz4 frames, answered so that it goes on.</summary>
public sealed class RecordedExchangeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_exchange_is_answered_and_its_rows_come_out_of_the_API()
    {
        await using var agentobs = await AgentObsProcess.StartAsync(environment: new() { ["AGENTOBS_CLICKHOUSE_URL"] = "http://127.0.0.1:0" });
        using var front = new FrontClient(agentobs);
        foreach (var exchange in RecordedExchange.All())
        {
            using var reply = await front.SendAsync(exchange);
            await CheckAsync(exchange, reply);
        }

        Assert.Equal(await SentAsync(), await StoredAsync(front, "SELECT count() FROM (SELECT DISTINCT * EXCEPT (ReceivedAt) FROM TABLE)"));
        await TreeIsThereAsync(agentobs);
        var rows = await StoredAsync(front, "SELECT count() FROM TABLE");

        // A client whose answer was lost sends all of it again.
        foreach (var insert in RecordedExchange.All().Where(e => e.Kind == "insert"))
        {
            using var reply = await front.SendAsync(insert);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        }

        Assert.Equal(rows, await StoredAsync(front, "SELECT count() FROM TABLE"));
    }

    private static async Task CheckAsync(RecordedExchange exchange, HttpResponseMessage reply)
    {
        var body = await reply.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, $"{exchange.Set} {exchange.Kind}: {Encoding.UTF8.GetString(body)}");
        switch (exchange.Kind)
        {
            case "insert":
                // The client reads nothing after an insert; a byte would be taken for the next answer.
                Assert.Empty(body);
                break;
            case "hello" when exchange.Set != "hello-54460":
                Assert.Equal(Anonymous(await PlainAsync(exchange, exchange.ReplyBody)), Anonymous(await PlainAsync(exchange, body)));
                break;
            case "describe":
                Assert.Empty(Columns(await PlainAsync(exchange, exchange.ReplyBody), exchange).Except(Columns(await PlainAsync(exchange, body), exchange)));
                break;
        }
    }

    private static Task<byte[]> PlainAsync(RecordedExchange exchange, byte[] body) => exchange.IsFramed ? FrontClient.UnframeAsync(body) : Task.FromResult(body);

    /// <summary>Display name and version are the server's own.</summary>
    private static string Anonymous(byte[] hello)
    {
        var text = Convert.ToHexString(hello);
        foreach (var own in new[] { "\alibchdb", "\bagentobs" })
        {
            text = text.Replace(Convert.ToHexString(Encoding.ASCII.GetBytes(own)), "NAME", StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>Names of the columns that an insert may name. In the set hello-54460 every block has eight more bytes in front and one behind each type.</summary>
    private static IEnumerable<string> Columns(byte[] description, RecordedExchange exchange) =>
        exchange.Set == "hello-54460" ? [] : NativeReader.ReadAll(description).Where(row => row["default_type"] is not ("MATERIALIZED" or "ALIAS")).Select(row => row["name"]);

    /// <summary>Distinct rows of each table in all that was sent: the sets repeat telemetry of one another, and some of it was sent twice.</summary>
    private static async Task<SortedDictionary<string, int>> SentAsync()
    {
        var rows = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var insert in RecordedExchange.All().Where(e => e.Kind == "insert"))
        {
            var distinct = rows.TryGetValue(insert.Table!, out var known) ? known : rows[insert.Table!] = [];
            distinct.UnionWith(NativeReader.ReadAll(await PlainAsync(insert, insert.Body)).Select(row => string.Join('\0', row.OrderBy(c => c.Key, StringComparer.Ordinal))));
        }

        return new SortedDictionary<string, int>(rows.ToDictionary(table => table.Key, table => table.Value.Count), StringComparer.Ordinal);
    }

    private static async Task<SortedDictionary<string, int>> StoredAsync(FrontClient front, string count)
    {
        var stored = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var table in RecordedExchange.All().Select(e => e.Table).OfType<string>().Distinct())
        {
            stored[table] = int.Parse(await front.ScalarAsync(count.Replace("TABLE", table, StringComparison.Ordinal)), CultureInfo.InvariantCulture);
        }

        return stored;
    }

    private static async Task TreeIsThereAsync(AgentObsProcess agentobs)
    {
        using var sessions = JsonDocument.Parse(await agentobs.Http.GetStringAsync(new Uri("/api/sessions?limit=500", UriKind.Relative), Cancellation));
        var nested = sessions.RootElement.GetProperty("sessions").EnumerateArray().Single(session => session.GetProperty("agentRuns").GetInt32() == 3);
        Assert.Equal(1719, nested.GetProperty("spans").GetInt32());
        Assert.Equal(10210, nested.GetProperty("tokens").GetProperty("input").GetInt32());
        Assert.Equal(75, nested.GetProperty("tokens").GetProperty("reasoning").GetInt32());
    }
}
