namespace AgentObs.Tests.Query;

internal static class TestIds
{
    /// <summary>2026-11-22T12:00:00Z.</summary>
    public const long Noon = 1_795_348_800_000_000_000;
    public const long Second = 1_000_000_000;

    public static string Trace(int n) => $"{n:x32}";

    public static string Span(int n) => $"{n:x16}";

    /// <summary>36 characters, as the conversations of codex.</summary>
    public static string Uuid(int n) => $"019e0000-0000-7000-8000-{n:x12}";
}
