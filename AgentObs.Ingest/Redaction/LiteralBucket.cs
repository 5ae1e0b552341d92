using System.Numerics;

namespace AgentObs.Ingest.Redaction;

/// <summary>
/// Windows that are looked for together. A place in a text is a candidate when at each of the four places both halves of the byte
/// are halves that some window of the bucket has there.
/// </summary>
internal sealed class LiteralBucket
{
    private readonly List<LiteralWindow> windows = [];

    /// <summary>For each of the four places: one bit for each low (or high) half byte that may stand there.</summary>
    private readonly ushort[] low = new ushort[LiteralWindow.Bytes];

    private readonly ushort[] high = new ushort[LiteralWindow.Bytes];

    public IReadOnlyList<LiteralWindow> Windows => windows;

    /// <summary>Groups windows so that few places in ordinary text are candidates.</summary>
    public static List<LiteralBucket> Group(IEnumerable<LiteralWindow> windows, int count)
    {
        var buckets = windows.Select(w => Merge(new LiteralBucket(), w)).ToList();
        while (buckets.Count > count)
        {
            var (bestLeft, bestRight, best) = (0, 1, double.MaxValue);
            for (var left = 0; left < buckets.Count; left++)
            {
                for (var right = left + 1; right < buckets.Count; right++)
                {
                    var added = JointShare(buckets[left], buckets[right]) - buckets[left].Share() - buckets[right].Share();
                    if (added < best)
                    {
                        (bestLeft, bestRight, best) = (left, right, added);
                    }
                }
            }

            foreach (var window in buckets[bestRight].windows)
            {
                Merge(buckets[bestLeft], window);
            }

            buckets.RemoveAt(bestRight);
        }

        return buckets;
    }

    public bool HasLow(int place, int half) => (low[place] >> half & 1) != 0;

    public bool HasHigh(int place, int half) => (high[place] >> half & 1) != 0;

    private static LiteralBucket Merge(LiteralBucket bucket, LiteralWindow window)
    {
        bucket.windows.Add(window);
        for (var place = 0; place < LiteralWindow.Bytes; place++)
        {
            bucket.low[place] |= window[place] < 0 ? ushort.MaxValue : (ushort)(1 << (window[place] & 15));
            bucket.high[place] |= window[place] < 0 ? ushort.MaxValue : (ushort)(1 << (window[place] >> 4));
        }

        return bucket;
    }

    /// <summary>The share of random text that is a candidate.</summary>
    private double Share() => JointShare(this, this);

    private static double JointShare(LiteralBucket left, LiteralBucket right)
    {
        var share = 1.0;
        for (var place = 0; place < LiteralWindow.Bytes; place++)
        {
            share *= BitOperations.PopCount((uint)(left.low[place] | right.low[place])) * HighShare((ushort)(left.high[place] | right.high[place])) / 16.0;
        }

        return share;
    }

    /// <summary>Folded text is mostly letters (high halves 6 and 7).</summary>
    private static double HighShare(ushort halves) =>
        ((halves & (1 << 6)) != 0 ? 0.45 : 0) + ((halves & (1 << 7)) != 0 ? 0.35 : 0) + ((halves & (1 << 2)) != 0 ? 0.12 : 0) + ((halves & (1 << 3)) != 0 ? 0.08 : 0);
}
