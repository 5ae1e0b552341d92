using AgentObs.Web;

namespace AgentObs.Tests.Web;

public sealed class WordsTests
{
    /// <summary>The same cases as elements/src/shared/format.test.ts: a row and its detail must not say different numbers.</summary>
    [Theory]
    [InlineData(0, "0")]
    [InlineData(417, "417 ns")]
    [InlineData(32_900, "33 µs")]
    [InlineData(4_100, "4.1 µs")]
    [InlineData(607_200_000, "607 ms")]
    [InlineData(9_940_000, "9.9 ms")]
    [InlineData(2_178_000_000, "2.18 s")]
    [InlineData(59_940_000_000, "59.9 s")]
    [InlineData(185_000_000_000, "3 m 05 s")]
    [InlineData(7_620_000_000_000, "2 h 07 m")]
    [InlineData(273_600_000_000_000, "3 d 4 h")]
    public void Durations(long nanoseconds, string text) => Assert.Equal(text, Words.Duration(nanoseconds));

    [Theory]
    [InlineData(950, "950")]
    [InlineData(1_234, "1.2k")]
    [InlineData(21_185, "21k")]
    [InlineData(999_499, "999k")]
    [InlineData(3_400_000, "3.4M")]
    [InlineData(96_000_000, "96M")]
    public void Counts(long value, string text) => Assert.Equal(text, Words.Count(value));
}
