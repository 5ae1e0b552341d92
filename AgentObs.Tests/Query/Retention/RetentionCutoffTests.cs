using AgentObs.Query;

namespace AgentObs.Tests.Query.Retention;

public sealed class RetentionCutoffTests
{
    private static readonly Receipts[] FourMinutes = [new(10, 100), new(11, 100), new(15, 100), new(20, 100)];

    [Fact]
    public void Age_counts_from_midnight() => Assert.Equal(
        DateTimeOffset.Parse("2026-11-20T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(),
        RetentionCutoff.ByAge(DateTimeOffset.Parse("2026-11-22T23:59:59Z", System.Globalization.CultureInfo.InvariantCulture), 2));

    [Theory]
    [InlineData(400, null)]
    [InlineData(399, 11)]
    [InlineData(334, 11)]
    [InlineData(333, 12)]
    [InlineData(1, 21)]
    public void Size_makes_a_tenth_more_room_than_the_limit_asks_for(long limit, int? minute) =>
        Assert.Equal(minute * RetentionCutoff.Minute, RetentionCutoff.BySize(FourMinutes, limit));
}
