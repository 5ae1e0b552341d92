using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>
/// Export requests whose spans can be counted afterwards: request n is trace n + 1, its spans are numbered, span 1 is the root. All of one
/// session belong together by <c>session.id</c>.
/// </summary>
internal static class FloodBody
{
    private const ulong Start = 1_795_000_000_000_000_000;

    /// <summary>As it stands in TraceId: 32 hex digits.</summary>
    public static string TraceId(int request) => (request + 1).ToString("x32", CultureInfo.InvariantCulture);

    public static byte[] Make(int request, int spans, string session)
    {
        using var list = new MemoryStream();
        var text = new byte[240];
        var random = new Random(request);
        for (var i = 0; i < spans; i++)
        {
            random.NextBytes(text);
            Message(list, 2, Span(request, i, session, Convert.ToHexString(text)));
        }

        return Nest(1, [.. Nest(1, Attribute(1, "service.name", "flood")), .. Nest(2, list.ToArray())]);
    }

    private static byte[] Span(int request, int index, string session, string text)
    {
        using var span = new MemoryStream();
        Message(span, 1, Convert.FromHexString(TraceId(request)));
        Message(span, 2, SpanId(request, index));
        if (index > 0)
        {
            Message(span, 4, SpanId(request, 0));
        }

        Message(span, 5, Encoding.UTF8.GetBytes(index == 0 ? "chat" : "step"));
        Fixed64(span, 7, Start + ((ulong)request * 1_000_000));
        Fixed64(span, 8, Start + ((ulong)request * 1_000_000) + 500_000);
        span.Write(Attribute(9, "session.id", session));
        span.Write(Attribute(9, "text", text));
        return span.ToArray();
    }

    private static byte[] SpanId(int request, int index)
    {
        var id = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(id, ((ulong)(request + 1) << 20) + (ulong)index + 1);
        return id;
    }

    private static byte[] Attribute(int field, string key, string value) =>
        Nest(field, [.. Nest(1, Encoding.UTF8.GetBytes(key)), .. Nest(2, Nest(1, Encoding.UTF8.GetBytes(value)))]);

    private static byte[] Nest(int field, byte[] content)
    {
        using var target = new MemoryStream();
        Message(target, field, content);
        return target.ToArray();
    }

    private static void Message(MemoryStream target, int field, byte[] content)
    {
        target.WriteByte((byte)(field << 3 | 2));
        var length = (uint)content.Length;
        for (; length >= 0x80; length >>= 7)
        {
            target.WriteByte((byte)(length | 0x80));
        }

        target.WriteByte((byte)length);
        target.Write(content);
    }

    private static void Fixed64(MemoryStream target, int field, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        target.WriteByte((byte)(field << 3 | 1));
        target.Write(bytes);
    }
}
