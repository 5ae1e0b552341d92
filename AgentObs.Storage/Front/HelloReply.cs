using System.Buffers.Binary;
using System.Text;

namespace AgentObs.Storage.Front;

/// <summary>
/// The answer to the first statement of a clickhouse-go connection. It alone is read at the revision that the client speaks (54460), before
/// the client knows the server's: block information, then for each of four columns name, type, one byte 0 for "no custom serialization",
/// the value. It says revision 0, so that all later blocks are read as plain Native, which is what the engine writes.
/// </summary>
internal static class HelloReply
{
    internal const string Statement = "SELECT displayName(), version(), revision(), timezone()";

    internal static byte[] Of(string version)
    {
        using var reply = new MemoryStream();

        // Block information: field 1 is_overflows = 0, field 2 bucket number = -1, end. Then 4 columns, 1 row.
        reply.Write([1, 0, 2, 0xff, 0xff, 0xff, 0xff, 0, 4, 1]);
        Text(reply, "displayName()", "agentobs");
        Text(reply, "version()", version);
        Head(reply, "revision()", "UInt32");
        Span<byte> revision = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(revision, 0);
        reply.Write(revision);
        Text(reply, "timezone()", "UTC");
        return reply.ToArray();
    }

    private static void Text(MemoryStream reply, string name, string value)
    {
        Head(reply, name, "String");
        String(reply, value);
    }

    private static void Head(MemoryStream reply, string name, string type)
    {
        String(reply, name);
        String(reply, type);
        reply.WriteByte(0);
    }

    // A length below 128 is one byte as a varint.
    private static void String(MemoryStream reply, string text)
    {
        reply.WriteByte((byte)text.Length);
        reply.Write(Encoding.ASCII.GetBytes(text));
    }
}
