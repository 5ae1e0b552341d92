using AgentObs.Conventions;
using AgentObs.Ingest.Rows;
using AgentObs.Storage;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>The engine's own limit: the same rows as finished Native blocks, inserted as they are. Making the blocks is not counted.</summary>
internal static class DirectInsert
{
    internal const int RowsPerBlock = 10_000;

    internal static async Task<Measured?> RunAsync(ClickHouseStore store, List<OtlpRequest> requests, int rowsPerBlock, string? name)
    {
        var (blocks, columns) = await BlocksAsync(requests, rowsPerBlock);
        var measure = new Measure();
        foreach (var block in blocks)
        {
            await store.InsertNativeAsync(TableNames.Traces, columns, (stream, cancellation) => stream.WriteAsync(block, cancellation).AsTask(), CancellationToken.None);
        }

        return name is null ? null : measure.Stop(name, requests.Sum(r => (long)r.Spans));
    }

    private static async Task<(List<byte[]> Blocks, IReadOnlyList<string> Columns)> BlocksAsync(List<OtlpRequest> requests, int rowsPerBlock)
    {
        var decoder = new SpanDecoder();
        var blocks = new List<byte[]>();
        IReadOnlyList<string> columns = [];
        for (var i = 0; i < requests.Count;)
        {
            var group = new List<TableRows>();
            for (var rows = 0; rows < rowsPerBlock && i < requests.Count; i++)
            {
                var batch = new RowBatch();
                decoder.Decode(requests[i].Body, batch);
                group.Add(batch.Spans);
                rows += batch.Spans.Count;
            }

            using var block = new MemoryStream();
            await NativeBlock.WriteAsync(group, block, CancellationToken.None);
            blocks.Add(block.ToArray());
            columns = group[0].ColumnNames;
        }

        return (blocks, columns);
    }
}
