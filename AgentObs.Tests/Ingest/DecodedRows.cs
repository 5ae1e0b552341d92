using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;

namespace AgentObs.Tests.Ingest;

/// <summary>What Ingest makes of bodies, read back from its own Native blocks.</summary>
internal static class DecodedRows
{
    public static RowBatch Decode(string signal, ReadOnlySpan<byte> body, bool isJson = false)
    {
        var batch = new RowBatch();
        SignalDecoder decoder = signal switch
        {
            "traces" => new SpanDecoder(),
            "logs" => new LogDecoder(),
            _ => new MetricDecoder(),
        };
        if (!isJson)
        {
            decoder.Decode(body, batch);
            return batch;
        }

        using var wire = new PooledBuffer();
        JsonTranscoder.Transcode(body, signal switch
        {
            "traces" => OtlpSchema.TraceRequest,
            "logs" => OtlpSchema.LogsRequest,
            _ => OtlpSchema.MetricsRequest,
        }, wire);
        decoder.Decode(wire.Written, batch);
        return batch;
    }

    /// <summary>Rows by table, of several batches written as one block; maps sorted, or in the order they are stored in.</summary>
    public static async Task<Dictionary<string, List<Dictionary<string, string>>>> ReadAsync(IReadOnlyList<RowBatch> batches, bool keepsMapOrder = false)
    {
        var tables = new Dictionary<string, List<Dictionary<string, string>>>();
        for (var t = 0; t < batches[0].Tables.Count; t++)
        {
            var rows = batches.Select(b => b.Tables[t]).Where(r => r.Count > 0).ToList();
            if (rows.Count > 0)
            {
                using var block = new MemoryStream();
                await NativeBlock.WriteAsync(rows, block, CancellationToken.None);
                tables.Add(rows[0].Table, NativeReader.ReadAll(block.ToArray(), keepsMapOrder));
            }
        }

        return tables;
    }

    /// <summary>One line a row, in an order of its own, so that rows can be compared without regard to arrival.</summary>
    public static IEnumerable<string> Print(IEnumerable<Dictionary<string, string>> rows) =>
        rows.Select(r => string.Join("\n", r.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key + ": " + c.Value))).Order(StringComparer.Ordinal);
}
