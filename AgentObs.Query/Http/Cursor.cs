using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace AgentObs.Query;

/// <summary>
/// Where a page ended: the last row's sort time (Unix nanoseconds) and id. On the wire base64url of
/// <c>list (1 byte), time (8), FNV-1a of list, time and id (4), id</c>, so that a cursor of another list or a damaged one is refused.
/// </summary>
internal readonly record struct Cursor(long Time, string Id)
{
    public const char Sessions = 's';
    public const char Traces = 't';
    public const char Logs = 'l';
    public const char Tasks = 'k';
    private const int TimeAt = 1;
    private const int CheckAt = 9;
    private const int IdAt = 13;
    private const int MaxLength = 2048;

    public string Encode(char list)
    {
        var bytes = new byte[IdAt + Encoding.UTF8.GetByteCount(Id)];
        bytes[0] = (byte)list;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(TimeAt), Time);
        Encoding.UTF8.GetBytes(Id, bytes.AsSpan(IdAt));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(CheckAt), Check(bytes));
        return Base64Url.EncodeToString(bytes);
    }

    /// <returns>Null where the text is absent.</returns>
    public static Cursor? Read(char list, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            throw Bad();
        }

        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= IdAt || bytes[0] != list || BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(CheckAt)) != Check(bytes))
        {
            throw Bad();
        }

        return new Cursor(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(TimeAt)), Encoding.UTF8.GetString(bytes.AsSpan(IdAt)));
    }

    public static BadParameterException Bad() => new("cursor", "cursor must be the nextCursor of an earlier page of the same list");

    private static uint Check(ReadOnlySpan<byte> bytes) => Fnv1A(Fnv1A(2_166_136_261, bytes[..CheckAt]), bytes[IdAt..]);

    private static uint Fnv1A(uint hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            hash = unchecked((hash ^ b) * 16_777_619);
        }

        return hash;
    }
}
