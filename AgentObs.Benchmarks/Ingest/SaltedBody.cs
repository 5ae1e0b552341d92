using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AgentObs.Ingest.Wire;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>
/// A recorded OTLP protobuf body of which copies with other ids are made: trace and span ids, and the uuids in texts (sessions,
/// conversations, prompts). Equal ids stay equal within one salt, so that a copy of a recording is one session of its own.
/// </summary>
internal sealed partial class SaltedBody
{
    private readonly byte[] body;
    private readonly List<int> ids = [];
    private readonly List<int> times = [];
    private readonly List<int> uuids;

    /// <param name="body">The message.</param>
    /// <param name="message">What it is.</param>
    /// <param name="keptUuid">Stays as it is in all copies: a session that they are to share.</param>
    public SaltedBody(byte[] body, OtlpMessage message, string keptUuid = "")
    {
        this.body = body;
        uuids = [.. Uuid().Matches(Encoding.Latin1.GetString(body)).Where(match => match.Value != keptUuid).Select(match => match.Index)];
        Walk(new WireSlice(0, body.Length), message);
    }

    public int Length => body.Length;

    /// <summary>Spans, log records or data points.</summary>
    public int Records { get; private set; }

    public int Spans { get; private set; }

    /// <param name="salt">Other ids for every salt.</param>
    /// <param name="laterNano">Added to all times of spans and log records.</param>
    public byte[] Copy(uint salt, ulong laterNano = 0)
    {
        var copy = (byte[])body.Clone();
        // Salts in a row would give ids in a row.
        var noise = salt * 0x9E37_79B1;
        foreach (var at in ids)
        {
            var four = copy.AsSpan(at, 4);
            BinaryPrimitives.WriteUInt32LittleEndian(four, BinaryPrimitives.ReadUInt32LittleEndian(four) ^ noise);
        }

        foreach (var at in uuids)
        {
            var eight = copy.AsSpan(at, 8);
            var first = uint.Parse(eight, NumberStyles.HexNumber, CultureInfo.InvariantCulture) ^ noise;
            first.TryFormat(eight, out _, "x8", CultureInfo.InvariantCulture);
        }

        foreach (var at in times)
        {
            var time = copy.AsSpan(at, sizeof(ulong));
            BinaryPrimitives.WriteUInt64LittleEndian(time, BinaryPrimitives.ReadUInt64LittleEndian(time) + laterNano);
        }

        return copy;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();

    private void Walk(WireSlice slice, OtlpMessage message)
    {
        Spans += message == OtlpSchema.Span ? 1 : 0;
        Records += message == OtlpSchema.Span || message == OtlpSchema.LogRecord || message.Name.EndsWith("DataPoint", StringComparison.Ordinal) ? 1 : 0;
        var reader = new WireReader(body, slice, message);
        while (reader.Next())
        {
            var field = message.Find(reader.Field);
            if (field?.Message is { } inner)
            {
                Walk(reader.Slice(), inner);
            }
            else if (field?.Name is "trace_id" or "span_id" or "parent_span_id")
            {
                var id = reader.Slice();
                if (id.Length >= 4)
                {
                    ids.Add(id.Start);
                }
            }
            else
            {
                if (field is { Type: OtlpFieldType.Fixed64 } && field.Name.EndsWith("_unix_nano", StringComparison.Ordinal) && message.Name is "Span" or "Span.Event" or "LogRecord")
                {
                    times.Add(reader.Position);
                }

                reader.Skip();
            }
        }
    }
}
