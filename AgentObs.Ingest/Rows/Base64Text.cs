using System.Buffers.Text;

namespace AgentObs.Ingest.Rows;

/// <summary>Bytes as standard base64 with padding.</summary>
internal static class Base64Text
{
    public static void Write(PooledBuffer target, ReadOnlySpan<byte> value)
    {
        Base64.EncodeToUtf8(value, target.Room(Base64.GetMaxEncodedToUtf8Length(value.Length)), out _, out var written);
        target.Advance(written);
    }
}
