using AgentObs.Storage;

namespace AgentObs.Tests.Storage;

public sealed class StoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parameters_arrive_as_they_are()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        const string text = "tab\tline\nquote'\"`\\ ünï {x:String} '; DROP TABLE otel_traces; --\r\n\n";
        var rows = await store.QueryAsync(
            new SqlFile("parameters", "SELECT {text:String}, {list:Array(String)}, {number:Int64}"),
            new Dictionary<string, object?> { ["text"] = text, ["list"] = new[] { text, "", "x" }, ["number"] = -7L },
            row => (row.GetString(0), (string[])row.GetValue(1), row.GetInt64(2)),
            Cancellation);
        var (single, list, number) = Assert.Single(rows);
        Assert.Equal(text, single);
        Assert.Equal([text, "", "x"], list);
        Assert.Equal(-7, number);
    }

    [Fact]
    public async Task A_big_result_comes_whole_and_in_order()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        var expected = 0UL;
        await foreach (var number in store.StreamAsync(
            new SqlFile("numbers", "SELECT number, toString(number) FROM numbers(400000)"), null, row => (ulong)row.GetValue(0), Cancellation))
        {
            Assert.Equal(expected++, number);
        }

        Assert.Equal(400000UL, expected);
    }
}
