using System.Globalization;
using System.Text.RegularExpressions;
using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>Reads query parameters. What cannot be read is a <see cref="BadParameterException"/> that names the field and the fix.</summary>
internal static partial class Parameters
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;
    private const int MaxTextLength = 1000;

    /// <summary>The range of DateTime64(9), which has less room than ISO 8601.</summary>
    public static readonly UnixNano Earliest = new(-2_208_988_800_000_000_000);
    public static readonly UnixNano Latest = new(9_223_286_400_000_000_000);

    public static int Limit(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return DefaultLimit;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : throw new BadParameterException("limit", $"limit must be a whole number from 1 to {MaxLimit}");
    }

    /// <summary>ISO 8601; the whole range where the field is absent.</summary>
    public static (UnixNano From, UnixNano To) Range(string? from, string? to)
    {
        var range = (From: Time("from", from) ?? Earliest, To: Time("to", to) ?? Latest);
        return range.From <= range.To ? range : throw new BadParameterException("to", "to must not be before from");
    }

    public static string Text(string field, string? text)
    {
        if (text is { Length: > MaxTextLength })
        {
            throw new BadParameterException(field, $"{field} must be at most {MaxTextLength} characters long");
        }

        return text ?? "";
    }

    /// <summary>Text of which only some words are known.</summary>
    public static string Word(string field, string? text, IReadOnlyList<string> words)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        return words.Contains(text, StringComparer.Ordinal)
            ? text
            : throw new BadParameterException(field, $"{field} must be one of: {string.Join(", ", words)}");
    }

    public static bool Flag(string field, string? text, bool absent) => text switch
    {
        null or "" => absent,
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw new BadParameterException(field, $"{field} must be true or false"),
    };

    /// <summary>32 hex digits, also in upper case.</summary>
    public static string TraceId(string field, string? text)
    {
        var id = (text ?? "").ToLowerInvariant();
        return Ids.IsTraceId(id) ? id : throw new BadParameterException(field, $"{field} must be 32 hex digits, not all zero");
    }

    /// <summary>16 hex digits, also in upper case.</summary>
    public static string SpanId(string field, string? text)
    {
        var id = (text ?? "").ToLowerInvariant();
        return Ids.IsSpanId(id) ? id : throw new BadParameterException(field, $"{field} must be 16 hex digits, not all zero");
    }

    private static UnixNano? Time(string field, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (Iso8601().IsMatch(text)
            && int.Parse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture) is >= 1900 and < 2262
            && UnixNano.TryParse(text, out var time))
        {
            return time;
        }

        throw new BadParameterException(
            field, $"{field} must be a time in ISO 8601, for example 2026-11-22T13:37:15.000000001Z (a plus sign is %2B in a URL)");
    }

    // UnixNano reads what DateTimeOffset reads, and that takes "10:00" for today.
    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Iso8601();
}
