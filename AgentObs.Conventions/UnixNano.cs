using System.Globalization;

namespace AgentObs.Conventions;

/// <summary>
/// A point in time as nanoseconds since 1970-01-01T00:00:00Z, as OTLP's <c>*_unix_nano</c> fields carry it.
/// Never a <see cref="DateTime"/>: its ticks are 100 ns and would round spans.
/// </summary>
public readonly record struct UnixNano(long Value) : IComparable<UnixNano>
{
    private const long NanosPerSecond = 1_000_000_000;

    public static UnixNano FromDateTimeOffset(DateTimeOffset time) =>
        new((time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100);

    public int CompareTo(UnixNano other) => Value.CompareTo(other.Value);

    public UnixNano Plus(long nanoseconds) => new(unchecked(Value + nanoseconds));

    public static bool operator <(UnixNano left, UnixNano right) => left.Value < right.Value;

    public static bool operator >(UnixNano left, UnixNano right) => left.Value > right.Value;

    public static bool operator <=(UnixNano left, UnixNano right) => left.Value <= right.Value;

    public static bool operator >=(UnixNano left, UnixNano right) => left.Value >= right.Value;

    /// <summary>ISO 8601 in UTC with nine digits: <c>2026-11-22T13:37:15.000000001Z</c>.</summary>
    public override string ToString()
    {
        var seconds = Math.DivRem(Value, NanosPerSecond, out var nanos);
        if (nanos < 0)
        {
            seconds--;
            nanos += NanosPerSecond;
        }

        var whole = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
        return string.Create(CultureInfo.InvariantCulture, $"{whole:yyyy-MM-ddTHH:mm:ss}.{nanos:D9}Z");
    }

    /// <summary>Reads ISO 8601 with up to nine fraction digits and a <c>Z</c> or numeric offset.</summary>
    public static bool TryParse(string? text, out UnixNano time)
    {
        time = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var fraction = 0L;
        var rest = text;
        if (dot >= 0)
        {
            var end = dot + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            var digits = end - dot - 1;
            if (digits is < 1 or > 9)
            {
                return false;
            }

            fraction = long.Parse(text.AsSpan(dot + 1, digits), NumberStyles.None, CultureInfo.InvariantCulture);
            for (var i = digits; i < 9; i++)
            {
                fraction *= 10;
            }

            rest = string.Concat(text.AsSpan(0, dot), text.AsSpan(end));
        }

        if (!DateTimeOffset.TryParse(
            rest, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var whole))
        {
            return false;
        }

        time = new UnixNano((whole.ToUnixTimeSeconds() * NanosPerSecond) + fraction);
        return true;
    }
}
