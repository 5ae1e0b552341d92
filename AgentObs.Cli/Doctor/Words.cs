using System.Globalization;

namespace AgentObs.Cli.Doctor;

/// <summary>Numbers and times as a person reads them.</summary>
internal static class Words
{
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary><c>12.3 MB</c></summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };

    /// <summary><c>3 minutes</c></summary>
    public static string Span(TimeSpan span) => span.Duration() switch
    {
        { TotalMinutes: < 2 } few => Count(few.TotalSeconds, "second"),
        { TotalHours: < 2 } few => Count(few.TotalMinutes, "minute"),
        { TotalDays: < 2 } few => Count(few.TotalHours, "hour"),
        var many => Count(many.TotalDays, "day"),
    };

    /// <summary><c>1 span</c>, <c>1,719 spans</c></summary>
    public static string Count(double count, string word)
    {
        var whole = (long)Math.Round(count);
        return whole == 1 ? $"1 {word}" : $"{Number(whole)} {word}s";
    }
}
