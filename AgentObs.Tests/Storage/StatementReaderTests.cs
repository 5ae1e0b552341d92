using System.IO.Compression;
using System.Text;
using AgentObs.Storage.Protocol;

namespace AgentObs.Tests.Storage;

public sealed class StatementReaderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INSERT INTO t (a, b) FORMAT Native\nDATA", "INSERT INTO t (a, b) ", "Native", "DATA")]
    [InlineData("insert into t format TSV \r\n1\t2\n\n3", "insert into t ", "TSV", "1\t2\n\n3")]
    [InlineData("INSERT INTO t FORMAT JSONEachRow {\"a\":1}", "INSERT INTO t ", "JSONEachRow", "{\"a\":1}")]
    [InlineData("INSERT INTO t FORMAT TSV\n\nx", "INSERT INTO t ", "TSV", "\nx")]
    [InlineData("INSERT INTO `FORMAT x` (\"VALUES\") SETTINGS a = 'FORMAT y' /* FORMAT z */ FORMAT RowBinary\n\n", "INSERT INTO `FORMAT x` (\"VALUES\") SETTINGS a = 'FORMAT y' /* FORMAT z */ ", "RowBinary", "\n")]
    [InlineData("-- note\nINSERT INTO t VALUES (1, 'a\n\nb'), ({x:Int32}, '')", "-- note\nINSERT INTO t ", "Values", " (1, 'a\n\nb'), ({x:Int32}, '')")]
    public async Task An_inserts_data_is_split_off_behind_its_format(string request, string sql, string format, string data)
    {
        foreach (var chunk in (int[])[1, 3, 7, 100_000])
        {
            var statement = await StatementReader.ReadAsync(new ClickHouseRequest { Body = new SlowStream(Encoding.UTF8.GetBytes(request), chunk) }, Cancellation);
            Assert.Equal(StatementKind.InsertData, statement.Kind);
            Assert.Equal(sql, statement.Sql);
            Assert.Equal(format, statement.InputFormat);
            Assert.Equal(data, await RestAsync(statement));
        }
    }

    [Fact]
    public async Task With_the_statement_in_the_address_the_body_is_the_data()
    {
        var request = new ClickHouseRequest { Query = "INSERT INTO t FORMAT Native", Body = new MemoryStream("\n\nbytes"u8.ToArray()) };
        var statement = await StatementReader.ReadAsync(request, Cancellation);
        Assert.Equal(("INSERT INTO t ", "Native", "\n\nbytes"), (statement.Sql, statement.InputFormat, await RestAsync(statement)));
    }

    [Theory]
    [InlineData("SELECT 'INSERT INTO t FORMAT x'", "Read")]
    [InlineData("/* a */ -- b\n  with x as (select 1) select * from x", "Read")]
    [InlineData("(SELECT 1) UNION ALL (SELECT 2)", "Read")]
    [InlineData("DESCRIBE TABLE t", "Describe")]
    [InlineData("INSERT INTO t SELECT format, values FROM s", "Change")]
    [InlineData("ALTER TABLE t DROP COLUMN a", "Change")]
    public async Task The_kind_is_told_by_the_first_word(string sql, string kind)
    {
        var statement = await StatementReader.ReadAsync(new ClickHouseRequest { Body = new MemoryStream(Encoding.UTF8.GetBytes(sql)) }, Cancellation);
        Assert.Equal(kind, statement.Kind.ToString());
        Assert.Equal(sql, statement.Sql);
    }

    [Fact]
    public async Task A_statement_has_a_limit_and_must_be_there()
    {
        await Assert.ThrowsAsync<ProtocolException>(() => StatementReader.ReadAsync(new ClickHouseRequest { Body = new MemoryStream(" \n"u8.ToArray()) }, Cancellation));
        var endless = new ClickHouseRequest { Body = new MemoryStream(Encoding.UTF8.GetBytes("SELECT '" + new string('x', 9 << 20))) };
        Assert.Equal(223, (await Assert.ThrowsAsync<ProtocolException>(() => StatementReader.ReadAsync(endless, Cancellation))).Code);
    }

    [Theory]
    [InlineData("SELECT 1", "RowBinary")]
    [InlineData("SELECT 1 FORMAT JSON", "JSON")]
    [InlineData("SELECT 1 format CSV;", "CSV")]
    [InlineData("SELECT 1 FORMAT TSV SETTINGS max_threads = 1", "TSV")]
    [InlineData("SELECT x AS format FROM t", "RowBinary")]
    [InlineData("SELECT format FROM t WHERE format = 'FORMAT JSON' AND (SELECT 1 FORMAT CSV)", "RowBinary")]
    public void The_format_of_a_result_is_the_statements_own(string sql, string format) => Assert.Equal(format, ResultFormat.Of(sql, "RowBinary"));

    [Fact]
    public async Task A_request_is_taken_apart()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write("SELECT {a:String}"u8);
        }

        packed.Position = 0;
        var request = RequestReader.Read(
            "?database=otel&param_a=x%2By+z%5Ct&default_format=Native&max_threads=2&client_protocol_version=54460&query_id=q1", ["gzip"], "", packed);
        Assert.Equal(("otel", "Native", "q1"), (request.Database, request.DefaultFormat, request.QueryId));
        Assert.Equal([new("a", "x+y z\\t")], request.Parameters);
        Assert.Equal([new("max_threads", "2")], request.Settings);
        Assert.Equal("SELECT {a:String}", (await StatementReader.ReadAsync(request, Cancellation)).Sql);
        Assert.Throws<ProtocolException>(() => RequestReader.Read("?a'b=1", [], "", Stream.Null));
        Assert.Throws<ProtocolException>(() => RequestReader.Read("", ["zip"], "", Stream.Null));
    }

    private static async Task<string> RestAsync(Statement statement)
    {
        using var reader = new StreamReader(statement.Body);
        return Encoding.UTF8.GetString(statement.Head.Span) + await reader.ReadToEndAsync(Cancellation);
    }

    /// <summary>Gives a few bytes at a time, as a socket may.</summary>
    private sealed class SlowStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, chunk)], cancellationToken);
    }
}
