namespace AgentObs.Ingest.Rows;

/// <summary>Ids as lower-case hex strings.</summary>
internal static class HexText
{
    public static void Write(PooledBuffer target, ReadOnlySpan<byte> id)
    {
        var length = id.Length * 2;
        target.WriteVarint((ulong)length);
        var room = target.Room(length);
        for (var i = 0; i < id.Length; i++)
        {
            room[2 * i] = Digit(id[i] >> 4);
            room[(2 * i) + 1] = Digit(id[i] & 15);
        }

        target.Advance(length);
    }

    private static byte Digit(int value) => "0123456789abcdef"u8[value];
}
