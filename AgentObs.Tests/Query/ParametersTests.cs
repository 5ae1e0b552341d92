using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Query;

public sealed class ParametersTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("501")]
    [InlineData("-1")]
    [InlineData("ten")]
    [InlineData("5.0")]
    [InlineData("99999999999")]
    public void A_limit_out_of_range_names_the_field(string text) =>
        Assert.Equal("limit", Assert.Throws<BadParameterException>(() => Parameters.Limit(text)).Field);

    [Theory]
    [InlineData(null, 50)]
    [InlineData("", 50)]
    [InlineData("1", 1)]
    [InlineData("500", 500)]
    public void A_limit_is_read(string? text, int limit) => Assert.Equal(limit, Parameters.Limit(text));

    [Theory]
    [InlineData("10:00")]
    [InlineData("yesterday")]
    [InlineData("1795348800")]
    [InlineData("2026-13-01")]
    [InlineData("2026-11-22T12:00:00.1234567891Z")]
    [InlineData("9999-01-01")]
    [InlineData("2026-11-22T12:00:00 01:00")]
    public void A_bad_time_names_the_field(string text)
    {
        Assert.Equal("from", Assert.Throws<BadParameterException>(() => Parameters.Range(text, null)).Field);
        Assert.Equal("to", Assert.Throws<BadParameterException>(() => Parameters.Range(null, text)).Field);
    }

    [Theory]
    [InlineData("2026-11-22T12:00:00.000000001Z", TestIds.Noon + 1)]
    [InlineData("2026-11-22T13:00:00+01:00", TestIds.Noon)]
    [InlineData("2026-11-22T12:00", TestIds.Noon)]
    [InlineData("2026-11-22", TestIds.Noon - (12 * 3600 * TestIds.Second))]
    public void A_time_is_read(string text, long expected) => Assert.Equal(new UnixNano(expected), Parameters.Range(text, null).From);

    [Fact]
    public void A_range_must_not_be_backwards() => Assert.Equal(
        "to", Assert.Throws<BadParameterException>(() => Parameters.Range("2026-11-22", "2026-11-21")).Field);

    [Fact]
    public void A_cursor_comes_back_as_it_was()
    {
        var cursor = new Cursor(TestIds.Noon, "trace:ü");
        Assert.Equal(cursor, Cursor.Read(Cursor.Sessions, cursor.Encode(Cursor.Sessions)));
        Assert.Null(Cursor.Read(Cursor.Sessions, null));
    }

    [Fact]
    public void A_cursor_that_is_damaged_or_of_another_list_is_refused()
    {
        var text = new Cursor(TestIds.Noon, "session").Encode(Cursor.Sessions);
        Assert.Throws<BadParameterException>(() => Cursor.Read(Cursor.Traces, text));
        for (var i = 0; i < text.Length; i++)
        {
            var damaged = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Assert.Equal("cursor", Assert.Throws<BadParameterException>(() => Cursor.Read(Cursor.Sessions, damaged)).Field);
            Assert.Throws<BadParameterException>(() => Cursor.Read(Cursor.Sessions, text[..i] + "é"));
        }
    }
}
