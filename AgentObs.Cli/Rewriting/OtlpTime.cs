using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text.RegularExpressions;
using AgentObs.Conventions;

namespace AgentObs.Cli.Rewriting;

/// <summary>Times as they stand in OTLP bodies, read and moved in place.</summary>
internal static partial class OtlpTime
{
    /// <summary>8 bytes little-endian, or decimal digits in JSON; null when it is neither.</summary>
    public static UnixNano? Read(ReadOnlySpan<byte> bytes, bool isJson)
    {
        if (!isJson)
        {
            return new UnixNano(BinaryPrimitives.ReadInt64LittleEndian(bytes));
        }

        return Utf8Parser.TryParse(bytes, out long digits, out var used) && used == bytes.Length ? new UnixNano(digits) : null;
    }

    public static void Write(Span<byte> bytes, UnixNano time, bool isJson)
    {
        if (!isJson)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, time.Value);
        }
        else if (!(time.Value.TryFormat(bytes, out var written, default, CultureInfo.InvariantCulture) && written == bytes.Length))
        {
            // From 2001 to 2286 a time has 19 digits.
            throw new InvalidDataException($"the time {time} does not fit in the {bytes.Length} digits of the recorded one");
        }
    }

    /// <summary>Moves a text that is a time (<c>2026-11-22T12:18:33.206Z</c>) and keeps its length; null for any other text.</summary>
    public static string? ShiftText(string text, long nanoseconds)
    {
        var match = Iso().Match(text);
        if (!match.Success || !UnixNano.TryParse(match.Groups["time"].Value + "Z", out var time))
        {
            return null;
        }

        var shifted = time.Plus(nanoseconds).ToString();
        return string.Concat(shifted.AsSpan(0, match.Groups["time"].Length), match.Groups["zone"].ValueSpan);
    }

    // The date alone is 19 characters; the zone stays what it is, and the clock before it moves.
    [GeneratedRegex(@"^(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?<zone>Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Iso();
}
