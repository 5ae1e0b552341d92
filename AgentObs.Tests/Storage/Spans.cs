using AgentObs.Conventions;
using AgentObs.Storage;

namespace AgentObs.Tests.Storage;

/// <summary>Spans put straight into the table.</summary>
internal static class Spans
{
    internal const long Noon = 1_795_000_000_000_000_000;

    internal static NativeBlock Block(int rows, Func<int, long>? start = null) => new NativeBlock(rows)
        .Times("Timestamp", start ?? (i => Noon + i))
        .Strings("TraceId", i => $"{i / 10:x32}")
        .Strings("SpanId", i => $"{i:x16}")

        // The bytes that end inline data: they must go through like any other.
        .Strings("SpanName", i => $"name\n\n{i}")
        .Maps("SpanAttributes", i => [("session.id", "s1"), ("text", "a\n\n\tb'\\")]);

    internal static Task InsertAsync(this ClickHouseStore store, NativeBlock block, CancellationToken cancellation)
    {
        var bytes = block.ToArray();
        return store.InsertNativeAsync(TableNames.Traces, block.Names, async (body, ct) => await body.WriteAsync(bytes, ct), cancellation);
    }

    /// <summary>One value of a statement that answers one.</summary>
    internal static async Task<T> SingleAsync<T>(this ClickHouseStore store, string sql, CancellationToken cancellation) =>
        (T)Convert.ChangeType(Assert.Single(await store.QueryAsync(new SqlFile("test", sql), null, row => row.GetValue(0), cancellation)), typeof(T));
}
