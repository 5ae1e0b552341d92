using System.Buffers.Binary;
using System.Numerics;

namespace AgentObs.Storage.Front;

/// <summary>
/// CityHash128 of version 1.0.2, the checksum of ClickHouse's compressed frames (later versions of CityHash give other values). The
/// constants are the algorithm's own. Recorded frames of a real client are its test.
/// </summary>
internal static class CityHash128
{
    private const ulong K0 = 0xc3a5c85c97cb3127;
    private const ulong K1 = 0xb492b66fbe98f273;
    private const ulong K2 = 0x9ae16a3b2f90404f;
    private const ulong K3 = 0xc949d7c7509e6557;
    private const int Stride = 64;

    /// <summary>Low and high half, written in this order, each little-endian.</summary>
    internal static (ulong Low, ulong High) Of(ReadOnlySpan<byte> text) => text.Length switch
    {
        >= 16 => Seeded(text[16..], Word(text, 0) ^ K3, Word(text, 8)),
        >= 8 => Seeded([], Word(text, 0) ^ ((ulong)text.Length * K0), Word(text, text.Length - 8) ^ K1),
        _ => Seeded(text, K0, K1),
    };

    private static (ulong Low, ulong High) Seeded(ReadOnlySpan<byte> text, ulong low, ulong high) =>
        text.Length < 2 * Stride ? Short(text, low, high) : Long(text, low, high);

    private static (ulong Low, ulong High) Long(ReadOnlySpan<byte> text, ulong low, ulong high)
    {
        var (x, y, z) = (low, high, (ulong)text.Length * K1);
        var v = (A: 0UL, B: 0UL);
        v.A = (Rotate(y ^ K1, 49) * K1) + Word(text, 0);
        v.B = (Rotate(v.A, 42) * K1) + Word(text, 8);
        var w = (A: (Rotate(y + z, 35) * K1) + x, B: Rotate(x + Word(text, 88), 53) * K1);
        var at = 0;
        var left = text.Length;
        for (; left >= 2 * Stride; left -= 2 * Stride)
        {
            for (var half = 0; half < 2; half++, at += Stride)
            {
                x = (Rotate(x + y + v.A + Word(text, at + 16), 37) * K1) ^ w.B;
                y = (Rotate(y + v.B + Word(text, at + 48), 42) * K1) ^ v.A;
                z = Rotate(z ^ w.A, 33);
                v = Weak(text, at, v.B * K1, x + w.A);
                w = Weak(text, at + 32, z + w.B, y);
                (z, x) = (x, z);
            }
        }

        y += (Rotate(w.A, 37) * K0) + z;
        x += Rotate(v.A + z, 49) * K0;

        // The tail is taken from its end, 32 bytes at a time, the last of them reaching back into what was read.
        for (var done = 32; done < left + 32; done += 32)
        {
            y = (Rotate(y - x, 42) * K0) + v.B;
            w.A += Word(text, at + left - done + 16);
            x = (Rotate(x, 49) * K0) + w.A;
            w.A += v.A;
            v = Weak(text, at + left - done, v.A, v.B);
        }

        x = Mix(x, v.A);
        y = Mix(y, w.A);
        return (Mix(x + v.B, w.B) + y, Mix(x + w.B, y + v.B));
    }

    private static (ulong Low, ulong High) Short(ReadOnlySpan<byte> text, ulong a, ulong b)
    {
        ulong c, d;
        if (text.Length <= 16)
        {
            a = Fold(a * K1) * K1;
            c = (b * K1) + Shortest(text);
            d = Fold(a + (text.Length >= 8 ? Word(text, 0) : c));
        }
        else
        {
            c = Mix(Word(text, text.Length - 8) + K1, a);
            d = Mix(b + (ulong)text.Length, c + Word(text, text.Length - 16));
            a += d;
            for (var at = 0; at < text.Length - 16; at += 16)
            {
                a = (a ^ (Fold(Word(text, at) * K1) * K1)) * K1;
                b ^= a;
                c = (c ^ (Fold(Word(text, at + 8) * K1) * K1)) * K1;
                d ^= c;
            }
        }

        a = Mix(a, c);
        b = Mix(d, b);
        return (a ^ b, Mix(b, a));
    }

    private static ulong Shortest(ReadOnlySpan<byte> text)
    {
        var length = text.Length;
        if (length > 8)
        {
            var end = Word(text, length - 8);
            return Mix(Word(text, 0), BitOperations.RotateRight(end + (ulong)length, length)) ^ end;
        }

        if (length >= 4)
        {
            return Mix((ulong)length + ((ulong)Half(text, 0) << 3), Half(text, length - 4));
        }

        if (length == 0)
        {
            return K2;
        }

        var y = text[0] + ((uint)text[length >> 1] << 8);
        var z = (uint)length + ((uint)text[length - 1] << 2);
        return Fold((y * K2) ^ (z * K3)) * K2;
    }

    private static (ulong A, ulong B) Weak(ReadOnlySpan<byte> text, int at, ulong a, ulong b)
    {
        a += Word(text, at);
        b = Rotate(b + a + Word(text, at + 24), 21);
        var c = a;
        a += Word(text, at + 8) + Word(text, at + 16);
        return (a + Word(text, at + 24), b + Rotate(a, 44) + c);
    }

    private static ulong Mix(ulong low, ulong high)
    {
        const ulong multiplier = 0x9ddfea08eb382d69;
        var a = Fold((low ^ high) * multiplier);
        return Fold((high ^ a) * multiplier) * multiplier;
    }

    private static ulong Fold(ulong value) => value ^ (value >> 47);

    private static ulong Rotate(ulong value, int by) => BitOperations.RotateRight(value, by);

    private static ulong Word(ReadOnlySpan<byte> text, int at) => BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);

    private static uint Half(ReadOnlySpan<byte> text, int at) => BinaryPrimitives.ReadUInt32LittleEndian(text[at..]);
}
