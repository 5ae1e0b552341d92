using System.Text;
using AgentObs.Ingest.Rows;

namespace AgentObs.Tests.Ingest;

/// <summary>Doubles as Go's strconv prints them for pdata (values checked with Go's own output in the exporter's recorded rows and its rules).</summary>
public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1.0, "1")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(100.0, "100")]
    [InlineData(123.25, "123.25")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(0.0000015, "0.0000015")]
    [InlineData(0.00000099, "9.9e-7")]
    [InlineData(1.5e-9, "1.5e-9")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(1.2345678901234568e17, "123456789012345680")]
    [InlineData(1e21, "1e+21")]
    [InlineData(-1.25e300, "-1.25e+300")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(-0.0000012345678901234567, "-0.0000012345678901234567")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Doubles(double value, string expected)
    {
        Span<byte> text = stackalloc byte[NumberText.MaxBytes];
        Assert.Equal(expected, Encoding.ASCII.GetString(text[..NumberText.Format(value, text)]));
    }

    [Fact]
    public void Every_double_reads_back()
    {
        var random = new Random(1);
        Span<byte> text = stackalloc byte[NumberText.MaxBytes];
        for (var i = 0; i < 20_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(value))
            {
                Assert.Equal(value, double.Parse(text[..NumberText.Format(value, text)]));
            }
        }
    }
}
