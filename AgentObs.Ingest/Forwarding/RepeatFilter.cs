using System.Buffers.Binary;
using System.Security.Cryptography;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Forwarding;

/// <summary>
/// Leaves records out of a message that were sent on before. A collector between two AgentObs, or one that sends back what it gets, drops the mark that a
/// forwarded request carries: what comes round would be sent on for ever, and all that is new would join it. What tells records apart is near to what storage goes by:
/// a span's ids and times; for a log record or a point its bytes, what it is in (resource, scope, metric) included. A collector that changes those makes
/// one more lap. Not thread-safe.
/// </summary>
internal sealed class RepeatFilter(OtlpMessage request)
{
    private const int HashBytes = SHA256.HashSizeInBytes;

    private static readonly HashSet<OtlpMessage> RecordMessages =
        [OtlpSchema.Span, OtlpSchema.LogRecord, OtlpSchema.NumberPoint, OtlpSchema.HistogramPoint, OtlpSchema.ExponentialPoint, OtlpSchema.SummaryPoint];

    private static readonly HashSet<OtlpMessage> Containers =
    [
        OtlpSchema.ResourceSpans, OtlpSchema.ScopeSpans, OtlpSchema.ResourceLogs, OtlpSchema.ScopeLogs, OtlpSchema.ResourceMetrics, OtlpSchema.ScopeMetrics,
        OtlpSchema.Metric, OtlpSchema.Gauge, OtlpSchema.Sum, OtlpSchema.Histogram, OtlpSchema.ExponentialHistogram, OtlpSchema.Summary,
    ];

    private readonly ForwardedRecords sent = new();
    private readonly List<bool> isRepeated = [];
    private int at;

    /// <summary>Of the last message: records that were not sent before.</summary>
    public int Fresh { get; private set; }

    /// <summary>Of the last message: records that were.</summary>
    public int Repeated => isRepeated.Count - Fresh;

    /// <returns>The message itself where nothing in it was sent before; empty where all was.</returns>
    /// <exception cref="OtlpFormatException">Not an OTLP message.</exception>
    public byte[] Filter(byte[] message)
    {
        isRepeated.Clear();
        Fresh = 0;
        var whole = new WireSlice(0, message.Length);
        Walk(message, whole, request, new byte[HashBytes]);
        if (Repeated == 0)
        {
            return message;
        }

        if (Fresh == 0)
        {
            return [];
        }

        using var target = new PooledBuffer();
        at = 0;
        Rewrite(message, whole, request, target);
        return target.Written.ToArray();
    }

    private void Walk(ReadOnlySpan<byte> body, WireSlice slice, OtlpMessage message, ReadOnlySpan<byte> around)
    {
        Span<byte> here = stackalloc byte[HashBytes];
        Around(body, slice, message, around, here);
        var reader = new WireReader(body, slice, message);
        while (reader.Next())
        {
            var inner = message.Find(reader.Field)?.Message;
            if (inner is not null && RecordMessages.Contains(inner))
            {
                var isFresh = sent.Add(inner == OtlpSchema.Span ? OfSpan(body, reader.Slice()) : OfRecord(reader.Slice().Of(body), here));
                isRepeated.Add(!isFresh);
                Fresh += isFresh ? 1 : 0;
            }
            else if (inner is not null && Containers.Contains(inner))
            {
                Walk(body, reader.Slice(), inner, here);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>What the records of a container are in: its first field (resource, scope, the metric's name) where that is no list, after what the container is in.</summary>
    private static void Around(ReadOnlySpan<byte> body, WireSlice slice, OtlpMessage message, ReadOnlySpan<byte> around, Span<byte> here)
    {
        Span<byte> all = stackalloc byte[HashBytes + HashBytes];
        all.Clear();
        around.CopyTo(all);
        var reader = new WireReader(body, slice, message);
        while (reader.Next())
        {
            if (reader.Field == 1 && message.Find(1) is { Repeated: false })
            {
                SHA256.HashData(reader.Slice().Of(body), all[HashBytes..]);
            }
            else
            {
                reader.Skip();
            }
        }

        SHA256.HashData(all, here);
    }

    private static ulong OfSpan(ReadOnlySpan<byte> body, WireSlice span)
    {
        Span<byte> all = stackalloc byte[16 + 8 + 8 + 8];
        all.Clear();
        var reader = new WireReader(body, span, OtlpSchema.Span);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    CopyId(reader.Slice().Of(body), all[..16]);
                    break;
                case 2:
                    CopyId(reader.Slice().Of(body), all[16..24]);
                    break;
                case 7:
                    BinaryPrimitives.WriteUInt64LittleEndian(all[24..], reader.Fixed64());
                    break;
                case 8:
                    BinaryPrimitives.WriteUInt64LittleEndian(all[32..], reader.Fixed64());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return Number(all);
    }

    // One of a wrong length was refused here and is sent on as it came.
    private static void CopyId(ReadOnlySpan<byte> id, Span<byte> target) => id[..Math.Min(id.Length, target.Length)].CopyTo(target);

    private static ulong OfRecord(ReadOnlySpan<byte> record, ReadOnlySpan<byte> around)
    {
        Span<byte> all = stackalloc byte[HashBytes + HashBytes];
        around.CopyTo(all);
        SHA256.HashData(record, all[HashBytes..]);
        return Number(all);
    }

    private static ulong Number(ReadOnlySpan<byte> all)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        SHA256.HashData(all, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>Everything else stays byte for byte; a container whose records are all left out goes with them.</summary>
    /// <returns>Whether anything is left that was not left out.</returns>
    private bool Rewrite(ReadOnlySpan<byte> body, WireSlice slice, OtlpMessage message, PooledBuffer target)
    {
        var first = at;
        var isKept = false;
        var reader = new WireReader(body, slice, message);
        for (var start = reader.Position; reader.Next(); start = reader.Position)
        {
            var inner = message.Find(reader.Field)?.Message;
            if (inner is not null && Containers.Contains(inner))
            {
                using var child = new PooledBuffer();
                if (Rewrite(body, reader.Slice(), inner, child))
                {
                    target.WriteVarint(((ulong)reader.Field << 3) | 2);
                    target.WriteString(child.Written);
                    isKept = true;
                }

                continue;
            }

            reader.Skip();
            if (inner is null || !RecordMessages.Contains(inner))
            {
                target.Write(body[start..reader.Position]);
            }
            else if (!isRepeated[at++])
            {
                target.Write(body[start..reader.Position]);
                isKept = true;
            }
        }

        return isKept || at == first;
    }
}
