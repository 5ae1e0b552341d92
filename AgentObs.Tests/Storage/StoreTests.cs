using System.Diagnostics;
using AgentObs.Storage;

namespace AgentObs.Tests.Storage;

public sealed class StoreTests
{
    private static readonly SqlFile Endless = new("endless", "SELECT count() FROM numbers(1000000000000) WHERE cityHash64(number) = 1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parameters_arrive_as_they_are()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        const string text = "tab\tline\nquote'\"`\\ ünï {x:String} '; DROP TABLE otel_traces; --\r\n\n\0end";
        var rows = await store.QueryAsync(
            new SqlFile("parameters", "SELECT {text:String}, {list:Array(String)}, {number:Int64}, {map:Map(String, String)}[{text:String}]"),
            new Dictionary<string, object?>
            {
                ["text"] = text,
                ["list"] = new[] { text, "", "x" },
                ["number"] = -7L,
                ["map"] = new Dictionary<string, string> { [text] = text },
            },
            row => (row.GetString(0), (string[])row.GetValue(1), row.GetInt64(2), row.GetString(3)),
            Cancellation);
        var (single, list, number, looked) = Assert.Single(rows);
        Assert.Equal(text, single);
        Assert.Equal([text, "", "x"], list);
        Assert.Equal(-7, number);
        Assert.Equal(text, looked);
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

    [Fact]
    public async Task Statements_that_describe_answer_rows_too()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        Assert.Contains("otel_traces", await store.QueryAsync(new SqlFile("show", "SHOW TABLES"), null, row => row.GetString(0), Cancellation));
        Assert.Equal("Timestamp", (await store.QueryAsync(new SqlFile("describe", "DESCRIBE TABLE otel_traces"), null, row => row.GetString(0), Cancellation))[0]);
        Assert.Empty(await store.QueryAsync(new SqlFile("none", "SELECT 1 WHERE 0"), null, row => row.GetValue(0), Cancellation));
    }

    [Theory]
    [InlineData("SELECT * FROM nosuch", 60)]
    [InlineData("SELECT nosuch FROM otel_traces", 47)]
    [InlineData("SELEC 1", 62)]
    [InlineData("SELECT sleepEachRow(0.5) FROM numbers(20) SETTINGS max_execution_time = 1, max_block_size = 1", 159)]
    [InlineData("SELECT groupArray(number) FROM numbers(50000000) SETTINGS max_memory_usage = 10000000", 241)]
    public async Task Errors_carry_the_engines_number(string sql, int code)
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        var thrown = await Assert.ThrowsAsync<StorageException>(() => store.QueryAsync(new SqlFile("Test/Failing.sql", sql), null, row => row.GetValue(0), Cancellation));
        Assert.Equal(code, thrown.Code);
        Assert.Equal(code is 159 or 241, thrown.IsRetryable);
        Assert.StartsWith("Test/Failing.sql: ", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_the_middle_of_a_result_is_an_error_and_its_rows_never_show_elsewhere()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        for (var round = 0; round < 12; round++)
        {
            var thrown = await Assert.ThrowsAsync<StorageException>(() => store.QueryAsync(
                new SqlFile("throwing", "SELECT number, throwIf(number = 300000) FROM numbers(400000)"), null, row => row.GetValue(0), Cancellation));
            Assert.Equal(395, thrown.Code);
            Assert.Equal(1, await store.SingleAsync<int>("SELECT 1", Cancellation));
        }
    }

    [Fact]
    public async Task Results_that_are_left_unread_do_not_use_up_the_engine()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        for (var round = 0; round < 20; round++)
        {
            await foreach (var _ in store.StreamAsync(
                new SqlFile("numbers", "SELECT number, toString(number) FROM numbers(5000000)"), null, row => row.GetValue(0), Cancellation))
            {
                break;
            }
        }

        Assert.Equal(1, await store.SingleAsync<int>("SELECT 1", Cancellation));
    }

    [Fact]
    public async Task Cancelling_ends_the_statement_in_the_engine_too()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        for (var round = 0; round < 3; round++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var running = store.QueryAsync(Endless, null, row => row.GetValue(0), stop.Token);
            while (await store.SingleAsync<int>("SELECT count() FROM system.processes WHERE query LIKE '%1000000000000%' AND query NOT LIKE '%processes%'", Cancellation) == 0)
            {
            }

            var began = Stopwatch.GetTimestamp();
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 10);
            while (await store.SingleAsync<int>("SELECT count() FROM system.processes WHERE query LIKE '%1000000000000%' AND query NOT LIKE '%processes%'", Cancellation) != 0)
            {
                Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 10);
            }
        }
    }

    [Fact]
    public async Task Many_readers_at_once_each_get_their_own_rows()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 24, CancellationToken = Cancellation }, async (i, ct) =>
        {
            var rows = await store.QueryAsync(
                new SqlFile("own", "SELECT {i:Int32} * 1000 + number FROM numbers(500)"), new Dictionary<string, object?> { ["i"] = i }, row => Convert.ToInt32(row.GetValue(0)), ct);
            Assert.Equal(Enumerable.Range(i * 1000, 500), rows);
        });
    }

    [Fact]
    public async Task A_setting_in_a_request_does_not_outlive_it()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        await using var connection = store.DataSource.CreateConnection();
        for (var round = 0; round < 10; round++)
        {
            await using var with = connection.CreateCommand("SELECT getSetting('max_threads')");
            with.CustomSettings["max_threads"] = 3;
            Assert.Equal(3, Convert.ToInt32(await with.ExecuteScalarAsync(Cancellation)));
            Assert.NotEqual(3, await store.SingleAsync<int>("SELECT getSetting('max_threads')", Cancellation));
        }
    }

    [Fact]
    public async Task The_drivers_own_bulk_insert_works()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        await store.ExecuteAsync(new SqlFile("create", "CREATE TABLE bulk (n Int32, s String) ENGINE = MergeTree ORDER BY n"), null, Cancellation);
        var rows = Enumerable.Range(0, 1000).Select(i => new object[] { i, $"{i}\n\n\t\0'" });
        await store.DataSource.GetClient().InsertBinaryAsync("bulk", ["n", "s"], rows, cancellationToken: Cancellation);
        Assert.Equal(1000, await store.SingleAsync<int>("SELECT countIf(s = concat(toString(n), '\\n\\n\\t\\0\\'')) FROM bulk", Cancellation));
    }
}
