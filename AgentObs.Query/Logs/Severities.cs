namespace AgentObs.Query;

/// <summary>OpenTelemetry's severity ranges: a filter's word means its lowest number and everything above.</summary>
internal static class Severities
{
    public static readonly IReadOnlyList<string> Words = ["trace", "debug", "info", "warn", "error", "fatal"];

    /// <returns>1, 5, 9, 13, 17 or 21; 0 for no filter, which lets records without a severity pass.</returns>
    public static byte AtLeast(string word)
    {
        for (var i = 0; i < Words.Count; i++)
        {
            if (Words[i] == word)
            {
                return (byte)(1 + (4 * i));
            }
        }

        return 0;
    }
}
