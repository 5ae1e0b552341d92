using System.Runtime.CompilerServices;

namespace AgentObs.Ingest.Redaction;

/// <summary>
/// Windows that are looked for together. A place in a text is a candidate when at each of the next four places both halves of the byte
/// are halves that some window of the bucket has there.
/// </summary>
internal sealed class LiteralBucket
{
    /// <summary>Like what comes in: how often a byte stands here decides which windows go together.</summary>
    private const string Ordinary = """
        codex_core::session::turn /home/dev/.cargo/registry/src/tokio-1.47.1/src/runtime/task/harness.rs tokio-runtime-worker code.file.path
        {"type":"function_call","name":"exec_command","arguments":"{\"cmd\":\"git status --short\"}","call_id":"call_1"} public static async Task
        gen_ai.usage.input_tokens thread.name session_task.turn the quick brown fox jumps over the lazy dog while tests are running in the folder
        0198f2a1-7c3e-7d20-9b51-3f6a2c8e4d17 service.name telemetry.sdk.language http.request.method 2026-01-15T10:20:30.123Z -rw-r--r-- 1 root root
        """;

    private static readonly double[] Shares = Count();

    private readonly List<LiteralWindow> windows = [];

    /// <summary>For each of the four places: one bit for each low (or high) half byte that may stand there.</summary>
    private readonly ushort[] low = new ushort[LiteralWindow.Bytes];

    private readonly ushort[] high = new ushort[LiteralWindow.Bytes];

    private double share;

    /// <summary>Groups windows so that few places in ordinary text are candidates: joins again and again the two that cost least together.</summary>
    public static List<LiteralBucket> Group(IEnumerable<LiteralWindow> windows, int count)
    {
        var buckets = new List<LiteralBucket>();
        foreach (var window in windows)
        {
            var same = buckets.Find(b => b.windows[0].Value == window.Value) ?? new LiteralBucket();
            if (same.windows.Count == 0)
            {
                buckets.Add(same);
            }

            same.Add(window);
        }

        var costs = new double[buckets.Count, buckets.Count];
        var isJoined = new bool[buckets.Count];
        for (var left = 0; left < buckets.Count; left++)
        {
            Weigh(left);
        }

        for (var remaining = buckets.Count; remaining > count; remaining--)
        {
            var (bestLeft, bestRight) = (-1, -1);
            for (var left = 0; left < buckets.Count; left++)
            {
                for (var right = left + 1; right < buckets.Count && !isJoined[left]; right++)
                {
                    if (!isJoined[right] && (bestLeft < 0 || costs[left, right] < costs[bestLeft, bestRight]))
                    {
                        (bestLeft, bestRight) = (left, right);
                    }
                }
            }

            buckets[bestRight].windows.ForEach(buckets[bestLeft].Add);
            isJoined[bestRight] = true;
            Weigh(bestLeft);
        }

        return [.. buckets.Where((_, i) => !isJoined[i])];

        void Weigh(int one)
        {
            for (var other = 0; other < buckets.Count; other++)
            {
                costs[Math.Min(one, other), Math.Max(one, other)] = JointShare(buckets[one], buckets[other]) - buckets[one].share - buckets[other].share;
            }
        }
    }

    public bool HasLow(int place, int half) => (low[place] >> half & 1) != 0;

    public bool HasHigh(int place, int half) => (high[place] >> half & 1) != 0;

    private void Add(LiteralWindow window)
    {
        windows.Add(window);
        for (var place = 0; place < LiteralWindow.Bytes; place++)
        {
            low[place] |= place < window.Length ? (ushort)(1 << (window[place] & 15)) : ushort.MaxValue;
            high[place] |= place < window.Length ? (ushort)(1 << (window[place] >> 4)) : ushort.MaxValue;
        }

        share = JointShare(this, this);
    }

    /// <summary>The share of ordinary text that is a candidate. Runs some ten thousand times, all before the first request is answered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double JointShare(LiteralBucket left, LiteralBucket right)
    {
        var product = 1.0;
        for (var place = 0; place < LiteralWindow.Bytes; place++)
        {
            var (lows, highs) = (left.low[place] | right.low[place], left.high[place] | right.high[place]);
            var sum = 0.0;
            for (var i = 0; i < Shares.Length; i++)
            {
                sum += Shares[i] * (lows >> (i & 15) & 1) * (highs >> (i >> 4) & 1);
            }

            product *= sum;
        }

        return product;
    }

    private static double[] Count()
    {
        var shares = new double[128];
        foreach (var c in Ordinary)
        {
            shares[c | LiteralWindow.Fold] += 1.0 / Ordinary.Length;
        }

        return shares;
    }
}
