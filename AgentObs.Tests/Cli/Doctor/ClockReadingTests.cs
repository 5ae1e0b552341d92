using AgentObs.Cli.Doctor;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary>The answer's Date header beside this machine's clock.</summary>
public sealed class ClockReadingTests
{
    private static readonly DateTimeOffset Here = DateTimeOffset.Parse("2026-11-23T02:00:00Z", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(0)]
    [InlineData(-14)]
    [InlineData(4)]
    public void A_header_of_whole_seconds_and_an_answer_some_seconds_old_are_no_difference(int seconds) =>
        Assert.Null(ClockCheck.OfServer(Here.AddSeconds(seconds), Here));

    [Theory]
    [InlineData(-16, "16 seconds")]
    [InlineData(6, "6 seconds")]
    [InlineData(7_200, "2 hours")]
    public void Clocks_apart_are_a_warning_with_the_command_that_sets_them(int seconds, string apart)
    {
        var found = ClockCheck.OfServer(Here.AddSeconds(seconds), Here);
        Assert.Equal(("clock.server", FindingLevel.Warning), (found?.Id, found?.Level));
        Assert.Equal($"This machine's clock and AgentObs's are {apart} apart.", found?.Found);
        Assert.Contains(OperatingSystem.IsMacOS() ? "sntp" : "timedatectl set-ntp true", found?.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void No_answer_says_nothing_of_clocks() => Assert.Null(ClockCheck.OfServer(null, Here));
}
