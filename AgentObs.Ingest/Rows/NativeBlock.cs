using System.Buffers.Binary;
using System.Text;

namespace AgentObs.Ingest.Rows;

/// <summary>
/// Writes rows as one ClickHouse Native block of revision 0: varint columns, varint rows, then per column its name, its type and its data
/// (Map and Array: running totals as UInt64, then what they hold). Rows of several requests become one block: their data is laid end to
/// end and only the running totals are raised.
/// </summary>
internal static class NativeBlock
{
    private const int ChunkBytes = 128 * 1024;

    public static async Task WriteAsync(IReadOnlyList<TableRows> requests, Stream target, CancellationToken cancellation)
    {
        using var chunk = new PooledBuffer();
        var columns = requests[0].Columns;
        chunk.WriteVarint((ulong)columns.Count);
        chunk.WriteVarint((ulong)requests.Sum(r => (long)r.Count));
        for (var c = 0; c < columns.Count; c++)
        {
            chunk.WriteString(Encoding.UTF8.GetBytes(columns[c].Name));
            chunk.WriteString(Encoding.UTF8.GetBytes(columns[c].Type));
            for (var p = 0; p < columns[c].Parts.Length; p++)
            {
                var total = 0UL;
                foreach (var rows in requests)
                {
                    var part = rows.Columns[c].Parts[p];
                    if (part.IsOffsets && total > 0)
                    {
                        WriteRaised(part.Buffer.Written, total, chunk);
                    }
                    else if (part.Buffer.Length > ChunkBytes)
                    {
                        await FlushAsync(chunk, target, cancellation);
                        await target.WriteAsync(part.Buffer.WrittenMemory, cancellation);
                    }
                    else
                    {
                        chunk.Write(part.Buffer.Written);
                    }

                    total += part.IsOffsets ? part.Buffer.LastUInt64() : 0;
                    if (chunk.Length >= ChunkBytes)
                    {
                        await FlushAsync(chunk, target, cancellation);
                    }
                }
            }
        }

        await FlushAsync(chunk, target, cancellation);
    }

    private static void WriteRaised(ReadOnlySpan<byte> offsets, ulong by, PooledBuffer chunk)
    {
        for (; !offsets.IsEmpty; offsets = offsets[8..])
        {
            chunk.WriteUInt64(BinaryPrimitives.ReadUInt64LittleEndian(offsets) + by);
        }
    }

    private static async ValueTask FlushAsync(PooledBuffer chunk, Stream target, CancellationToken cancellation)
    {
        if (chunk.Length > 0)
        {
            await target.WriteAsync(chunk.WrittenMemory, cancellation);
            chunk.Clear();
        }
    }
}
