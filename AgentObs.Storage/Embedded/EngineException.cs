using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentObs.Storage.Embedded;

/// <summary>A statement failed in the engine. The text is the engine's: <c>Code: 60. DB::Exception: ... (UNKNOWN_TABLE)</c>.</summary>
internal sealed partial class EngineException(string message, int code) : Exception(message)
{
    /// <summary>ClickHouse's error number, 0 where the text names none.</summary>
    internal int Code { get; } = code;

    internal static EngineException From(string text)
    {
        var match = CodePattern().Match(text);
        return new EngineException(text, match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0);
    }

    [GeneratedRegex(@"Code: (\d+)")]
    private static partial Regex CodePattern();
}
