using System.Globalization;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>
/// The tests of this folder are short in the suite. <c>make hardening</c> runs them long (AGENTOBS_LONG_TESTS=1), from a seed of the clock or
/// of AGENTOBS_TEST_SEED; every seed is in the test's output, so that what it found can be found again.
/// </summary>
internal static class LongRun
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("AGENTOBS_LONG_TESTS") == "1";

    /// <summary>The suite's runs are all alike; the long ones differ.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("AGENTOBS_TEST_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
        ? given
        : IsOn ? Random.Shared.Next() : 1;

    public static int Of(int inSuite, int inLongRun) => IsOn ? inLongRun : inSuite;

    public static void Say(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
