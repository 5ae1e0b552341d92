using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AgentObs.Ingest.Redaction;

/// <summary>
/// Looks for all literals of all shapes in one pass over bytes, 16 or 32 places at a time: each place is looked up by the halves of its
/// next four bytes in two tables of eight bits an entry, one bit a <see cref="LiteralBucket"/>. What is left is compared exactly.
/// </summary>
internal sealed class LiteralFilter
{
    private const int Buckets = 8;

    private readonly LiteralWindow[][] windows;
    private readonly Vector128<byte>[] low = new Vector128<byte>[LiteralWindow.Bytes];
    private readonly Vector128<byte>[] high = new Vector128<byte>[LiteralWindow.Bytes];

    public LiteralFilter(IEnumerable<SecretLiteral> literals)
    {
        var buckets = LiteralBucket.Group(literals.Select(LiteralWindow.Of), Buckets);
        windows = [.. buckets.Select(b => b.Windows.ToArray())];
        var table = new byte[16];
        for (var place = 0; place < LiteralWindow.Bytes; place++)
        {
            low[place] = Table(half => b => b.HasLow(place, half));
            high[place] = Table(half => b => b.HasHigh(place, half));
        }

        Vector128<byte> Table(Func<int, Func<LiteralBucket, bool>> has)
        {
            for (var half = 0; half < 16; half++)
            {
                table[half] = (byte)buckets.Select((b, i) => has(half)(b) ? 1 << i : 0).Sum();
            }

            return Vector128.Create(table);
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
        if (Avx2.IsSupported)
        {
            for (; at + Vector256<byte>.Count + LiteralWindow.Bytes - 1 <= text.Length; at += Vector256<byte>.Count)
            {
                var found = Look256(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at));
                if (found != Vector256<byte>.Zero && FirstOf(text, at, ~Vector256.Equals(found, Vector256<byte>.Zero).ExtractMostSignificantBits(), out var hit, out shapes))
                {
                    return hit;
                }
            }
        }

        for (; at + Vector128<byte>.Count + LiteralWindow.Bytes - 1 <= text.Length; at += Vector128<byte>.Count)
        {
            var found = Look128(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at));
            if (found != Vector128<byte>.Zero && FirstOf(text, at, ~Vector128.Equals(found, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff, out var hit, out shapes))
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
            var found = Look128(ref MemoryMarshal.GetReference(padded));
            if (found != Vector128<byte>.Zero && FirstOf(text, at, ~Vector128.Equals(found, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff, out var hit, out shapes))
            {
                return hit;
            }
        }

        shapes = 0;
        return -1;
    }

    private bool FirstOf(ReadOnlySpan<byte> text, int start, uint places, out int at, out ulong shapes)
    {
        for (; places != 0; places &= places - 1)
        {
            at = start + BitOperations.TrailingZeroCount(places);
            shapes = At(text, at);
            if (shapes != 0)
            {
                return true;
            }
        }

        at = -1;
        shapes = 0;
        return false;
    }

    /// <summary>The exact answer for one place.</summary>
    private ulong At(ReadOnlySpan<byte> text, int at)
    {
        var bits = 0xffu;
        for (var place = 0; place < LiteralWindow.Bytes; place++)
        {
            var value = (at + place < text.Length ? text[at + place] : 0) | LiteralWindow.Fold;
            bits &= (uint)(low[place][value & 15] & high[place][value >> 4]);
        }

        var shapes = 0UL;
        for (; bits != 0; bits &= bits - 1)
        {
            foreach (ref readonly var window in windows[BitOperations.TrailingZeroCount(bits)].AsSpan())
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
    private Vector128<byte> Look128(ref byte start)
    {
        var found = Vector128<byte>.AllBitsSet;
        for (var place = 0; place < LiteralWindow.Bytes; place++)
        {
            var bytes = Vector128.LoadUnsafe(ref start, (nuint)place) | Vector128.Create(LiteralWindow.Fold);
            found &= Vector128.ShuffleNative(low[place], bytes & Vector128.Create((byte)15)) & Vector128.ShuffleNative(high[place], bytes >>> 4);
        }

        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<byte> Look256(ref byte start)
    {
        var found = Vector256<byte>.AllBitsSet;
        for (var place = 0; place < LiteralWindow.Bytes; place++)
        {
            var bytes = Vector256.LoadUnsafe(ref start, (nuint)place) | Vector256.Create(LiteralWindow.Fold);
            found &= Avx2.Shuffle(Vector256.Create(low[place], low[place]), bytes & Vector256.Create((byte)15))
                & Avx2.Shuffle(Vector256.Create(high[place], high[place]), bytes >>> 4);
        }

        return found;
    }
}
