using System.Buffers;

namespace AgentObs.Ingest.Rows;

/// <summary>Sorts attributes by key; equal keys stay in the sender's order, which no built-in sort of spans promises.</summary>
internal static class AttributeSort
{
    /// <summary>Lists up to here (nearly all) are sorted in place: they are short and mostly in order already.</summary>
    private const int InsertionLimit = 48;

    public static void Sort(Span<AttributeEntry> entries, ReadOnlySpan<byte> body)
    {
        if (entries.Length <= InsertionLimit)
        {
            Insert(entries, body);
            return;
        }

        var scratch = ArrayPool<AttributeEntry>.Shared.Rent(entries.Length);
        Merge(entries, scratch.AsSpan(0, entries.Length), body);
        ArrayPool<AttributeEntry>.Shared.Return(scratch);
    }

    private static void Insert(Span<AttributeEntry> entries, ReadOnlySpan<byte> body)
    {
        for (var i = 1; i < entries.Length; i++)
        {
            if (AttributeEntry.CompareKeys(entries[i - 1], entries[i], body) <= 0)
            {
                continue;
            }

            var entry = entries[i];
            var j = i - 1;
            while (j >= 0 && AttributeEntry.CompareKeys(entries[j], entry, body) > 0)
            {
                entries[j + 1] = entries[j];
                j--;
            }

            entries[j + 1] = entry;
        }
    }

    private static void Merge(Span<AttributeEntry> entries, Span<AttributeEntry> scratch, ReadOnlySpan<byte> body)
    {
        if (entries.Length <= InsertionLimit)
        {
            Insert(entries, body);
            return;
        }

        var middle = entries.Length / 2;
        Merge(entries[..middle], scratch[..middle], body);
        Merge(entries[middle..], scratch[middle..], body);
        entries.CopyTo(scratch);
        var left = 0;
        var right = middle;
        for (var i = 0; i < entries.Length; i++)
        {
            var takeLeft = right == entries.Length || (left < middle && AttributeEntry.CompareKeys(scratch[left], scratch[right], body) <= 0);
            entries[i] = takeLeft ? scratch[left++] : scratch[right++];
        }
    }
}
