using AgentObs.Conventions;

namespace AgentObs.Tests.Conventions;

public sealed class UnixNanoTests
{
    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000000000Z")]
    [InlineData(1_795_354_635_000_000_001, "2026-11-22T13:37:15.000000001Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999999999Z")]
    [InlineData(long.MaxValue, "2262-04-11T23:47:16.854775807Z")]
    [InlineData(long.MinValue, "1677-09-21T00:12:43.145224192Z")]
    public void Text_and_value_are_the_same_nanosecond(long value, string text)
    {
        Assert.Equal(text, new UnixNano(value).ToString());
        Assert.True(UnixNano.TryParse(text, out var parsed));
        Assert.Equal(value, parsed.Value);
    }

    [Theory]
    [InlineData("2026-11-22T13:37:15Z", 1_795_354_635_000_000_000)]
    [InlineData("2026-11-22T14:37:15.5+01:00", 1_795_354_635_500_000_000)]
    [InlineData("2026-11-22", 1_795_305_600_000_000_000)]
    public void Reads_the_usual_forms(string text, long value)
    {
        Assert.True(UnixNano.TryParse(text, out var parsed));
        Assert.Equal(value, parsed.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-11-22T13:37:15.Z")]
    [InlineData("2026-11-22T13:37:15.1234567890Z")]
    public void Refuses_what_is_no_time(string text) => Assert.False(UnixNano.TryParse(text, out _));
}
