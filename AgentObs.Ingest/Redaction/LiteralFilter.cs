using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AgentObs.Ingest.Redaction;

/// <summary>
/// Looks for all literals of all shapes in one pass over bytes. Three sieves, each finer: 16 or 32 places at a time are looked up by the
/// halves of their next four bytes in tables of one bit a <see cref="LiteralBucket"/>; what is left, by a hash of these bytes; what is left
/// then is compared exactly.
/// </summary>
internal sealed class LiteralFilter
{
    /// <summary>Bits of a table's entry, times two sets of tables.</summary>
    private const int Buckets = 16;
    private const int HashBits = 13;
    private const uint ThreeBytes = 0xffffff;
    private const uint FoldAll = 0x20202020;

    private readonly Dictionary<uint, LiteralWindow[]> windows;
    private readonly ulong[] hashes = new ulong[(1 << HashBits) / 64];

    /// <summary>Four tables a place: low and high halves of the first eight buckets, then of the others. Each table twice, for 32 places at a time.</summary>
    private readonly Vector256<byte>[] tables = new Vector256<byte>[4 * LiteralWindow.Bytes];

    public LiteralFilter(IEnumerable<SecretLiteral> literals)
    {
        var all = LiteralWindow.Choose(literals);
        if (all.Find(w => w.Length < 3).Literal is { } tooShort)
        {
            throw new ArgumentException($"literal '{tooShort.Text}': at least three characters, or it stands everywhere", nameof(literals));
        }

        windows = all.GroupBy(w => w.Value).ToDictionary(g => g.Key, g => g.ToArray());
        foreach (var value in windows.Keys)
        {
            var hash = Hash(value);
            hashes[hash >> 6] |= 1UL << (int)(hash & 63);
        }

        var buckets = LiteralBucket.Group(all, Buckets);
        var (lows, highs) = (new byte[16], new byte[16]);
        for (var set = 0; set < 2; set++)
        {
            for (var place = 0; place < LiteralWindow.Bytes; place++)
            {
                Array.Clear(lows);
                Array.Clear(highs);
                for (var i = set * 8; i < Math.Min(buckets.Count, (set * 8) + 8); i++)
                {
                    for (var half = 0; half < 16; half++)
                    {
                        lows[half] |= (byte)(buckets[i].HasLow(place, half) ? 1 << (i & 7) : 0);
                        highs[half] |= (byte)(buckets[i].HasHigh(place, half) ? 1 << (i & 7) : 0);
                    }
                }

                tables[(4 * place) + (2 * set)] = Vector256.Create(Vector128.Create(lows), Vector128.Create(lows));
                tables[(4 * place) + (2 * set) + 1] = Vector256.Create(Vector128.Create(highs), Vector128.Create(highs));
            }
        }
    }

    /// <summary>The shapes that are worth trying on a text: one bit each.</summary>
    public ulong Shapes(ReadOnlySpan<byte> text)
    {
        var all = 0UL;
        for (var at = Next(text, 0, out var shapes); at >= 0; at = Next(text, at + 1, out shapes))
        {
            all |= shapes;
        }

        return all;
    }

    /// <summary>Finds the next place at or behind <paramref name="from"/> where literals stand, and which shapes they are of; -1 when there is none.</summary>
    public int Next(ReadOnlySpan<byte> text, int from, out ulong shapes)
    {
        var at = from;
        int hit;
        if (Avx2.IsSupported)
        {
            for (; at + Vector256<byte>.Count + LiteralWindow.Bytes - 1 <= text.Length; at += Vector256<byte>.Count)
            {
                ref var block = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at);
                var found = Look256(ref block);
                if (found != Vector256<byte>.Zero && (hit = FirstOf(text, at, ref block, ~Vector256.Equals(found, Vector256<byte>.Zero).ExtractMostSignificantBits(), out shapes)) >= 0)
                {
                    return hit;
                }
            }
        }

        for (; at + Vector128<byte>.Count + LiteralWindow.Bytes - 1 <= text.Length; at += Vector128<byte>.Count)
        {
            ref var block = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at);
            var found = Look128(ref block);
            if (found != Vector128<byte>.Zero && (hit = FirstOf(text, at, ref block, ~Vector128.Equals(found, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff, out shapes)) >= 0)
            {
                return hit;
            }
        }

        // The last places, padded.
        Span<byte> padded = stackalloc byte[2 * Vector128<byte>.Count];
        for (; at < text.Length; at += Vector128<byte>.Count)
        {
            padded.Clear();
            text.Slice(at, Math.Min(padded.Length, text.Length - at)).CopyTo(padded);
            ref var block = ref MemoryMarshal.GetReference(padded);
            var found = Look128(ref block);
            if (found != Vector128<byte>.Zero && (hit = FirstOf(text, at, ref block, ~Vector128.Equals(found, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff, out shapes)) >= 0)
            {
                return hit;
            }
        }

        shapes = 0;
        return -1;
    }

    private int FirstOf(ReadOnlySpan<byte> text, int start, ref byte block, uint places, out ulong shapes)
    {
        for (; places != 0; places &= places - 1)
        {
            var place = BitOperations.TrailingZeroCount(places);
            var value = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref block, place));
            value = (BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value)) | FoldAll;
            if (IsHashed(value) || IsHashed(value & ThreeBytes))
            {
                shapes = At(text, start + place, value) | At(text, start + place, value & ThreeBytes);
                if (shapes != 0)
                {
                    return start + place;
                }
            }
        }

        shapes = 0;
        return -1;
    }

    private ulong At(ReadOnlySpan<byte> text, int at, uint value)
    {
        var shapes = 0UL;
        if (windows.TryGetValue(value, out var found))
        {
            foreach (ref readonly var window in found.AsSpan())
            {
                if (window.Literal.IsAt(text, at - window.Offset))
                {
                    shapes |= window.Literal.Shapes;
                }
            }
        }

        return shapes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsHashed(uint value)
    {
        var hash = Hash(value);
        return (hashes[hash >> 6] >> (int)(hash & 63) & 1) != 0;
    }

    private static uint Hash(uint value) => (value * 2654435761u) >> (32 - HashBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Look128(ref byte start)
    {
        var (one, two) = (Vector128<byte>.AllBitsSet, Vector128<byte>.AllBitsSet);
        for (var place = 0; place < LiteralWindow.Bytes; place++)
        {
            var bytes = Vector128.LoadUnsafe(ref start, (nuint)place) | Vector128.Create(LiteralWindow.Fold);
            var (lows, highs) = (bytes & Vector128.Create((byte)15), bytes >>> 4);
            ref var table = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(tables), 4 * place);
            one &= Vector128.ShuffleNative(table.GetLower(), lows) & Vector128.ShuffleNative(Unsafe.Add(ref table, 1).GetLower(), highs);
            two &= Vector128.ShuffleNative(Unsafe.Add(ref table, 2).GetLower(), lows) & Vector128.ShuffleNative(Unsafe.Add(ref table, 3).GetLower(), highs);
        }

        return one | two;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<byte> Look256(ref byte start)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(tables);
        var (one, two) = (Vector256<byte>.AllBitsSet, Vector256<byte>.AllBitsSet);
        Place256(ref start, ref table, 0, ref one, ref two);
        Place256(ref start, ref table, 1, ref one, ref two);
        Place256(ref start, ref table, 2, ref one, ref two);
        Place256(ref start, ref table, 3, ref one, ref two);
        return one | two;
    }

    /// <summary>Written out once a place: a loop would not be unrolled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Place256(ref byte start, ref Vector256<byte> table, nint place, ref Vector256<byte> one, ref Vector256<byte> two)
    {
        var bytes = Vector256.LoadUnsafe(ref start, (nuint)place) | Vector256.Create(LiteralWindow.Fold);
        var lows = bytes & Vector256.Create((byte)15);
        var highs = (bytes.AsUInt16() >>> 4).AsByte() & Vector256.Create((byte)15);
        one &= Avx2.Shuffle(Unsafe.Add(ref table, 4 * place), lows) & Avx2.Shuffle(Unsafe.Add(ref table, (4 * place) + 1), highs);
        two &= Avx2.Shuffle(Unsafe.Add(ref table, (4 * place) + 2), lows) & Avx2.Shuffle(Unsafe.Add(ref table, (4 * place) + 3), highs);
    }
}
