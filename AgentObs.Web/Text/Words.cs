using System.Globalization;
using AgentObs.Query;

namespace AgentObs.Web;

/// <summary>Numbers and kinds as a person reads them; the elements write the same forms (elements/src/shared/format.ts).</summary>
internal static class Words
{
    private const long Microsecond = 1_000;
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;

    public static string Duration(long nanoseconds) => nanoseconds switch
    {
        <= 0 => "0",
        < Microsecond => Invariant($"{nanoseconds} ns"),
        < Millisecond => Short(nanoseconds / (double)Microsecond, nanoseconds < 10 * Microsecond ? 1 : 0) + " µs",
        < Second => Short(nanoseconds / (double)Millisecond, nanoseconds < 10 * Millisecond ? 1 : 0) + " ms",
        < 60 * Second => Short(nanoseconds / (double)Second, nanoseconds < 10 * Second ? 2 : 1) + " s",
        _ => Long((long)Math.Round(nanoseconds / (double)Second)),
    };

    /// <summary>At most five characters: <c>950</c>, <c>1.2k</c>, <c>21k</c>, <c>3.4M</c>.</summary>
    public static string Count(long value) => value switch
    {
        < 1_000 => Invariant($"{value}"),
        < 9_950 => Short(value / 1e3, 1) + "k",
        < 999_500 => Invariant($"{Math.Round(value / 1e3)}k"),
        < 9_950_000 => Short(value / 1e6, 1) + "M",
        _ => Invariant($"{Math.Round(value / 1e6)}M"),
    };

    /// <summary>All digits, in groups of three.</summary>
    public static string Digits(long value) => value.ToString("#,0", ThinSpaces);

    public static string Plural(long count, string word) => count == 1 ? $"1 {word}" : $"{Count(count)} {word}s";

    public static string Kind(string kind) => kind switch
    {
        NodeKinds.AgentRun => "agent run",
        NodeKinds.ModelCall => "model call",
        NodeKinds.ToolCall => "tool call",
        NodeKinds.PermissionWait => "permission wait",
        _ => kind,
    };

    public static long Sum(TokenCounts tokens) => tokens.Input + tokens.CacheRead + tokens.CacheWrite + tokens.Output + tokens.Reasoning;

    private static readonly NumberFormatInfo ThinSpaces = new() { NumberGroupSeparator = "\u2009", NumberGroupSizes = [3] };

    private static string Long(long seconds) => seconds switch
    {
        < 3_600 => Invariant($"{seconds / 60} m {seconds % 60:00} s"),
        < 86_400 => Invariant($"{seconds / 3_600} h {seconds % 3_600 / 60:00} m"),
        _ => Invariant($"{seconds / 86_400} d {seconds % 86_400 / 3_600} h"),
    };

    private static string Short(double value, int digits) => Math.Round(value, digits).ToString(digits == 2 ? "0.##" : digits == 1 ? "0.#" : "0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
