using System.Buffers.Text;
using System.Globalization;

namespace AgentObs.Ingest.Rows;

/// <summary>
/// Numbers as pdata prints them: integers plain, doubles in the shortest form that reads back, with Go's exponents
/// (<c>1e+21</c>, <c>1.5e-9</c>, <c>0.000001</c>, <c>-0</c>, <c>NaN</c>, <c>-Infinity</c>); exponents only below 1e-6 and from 1e21 on.
/// </summary>
internal static class NumberText
{
    /// <summary>Room for every number: <c>-0.0000012345678901234567</c> and <c>-123456789012345680000</c> are the longest kinds.</summary>
    public const int MaxBytes = 32;

    public static int Format(long value, Span<byte> target)
    {
        Utf8Formatter.TryFormat(value, target, out var written);
        return written;
    }

    public static int Format(double value, Span<byte> target)
    {
        if (!double.IsFinite(value))
        {
            var word = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8;
            word.CopyTo(target);
            return word.Length;
        }

        // .NET's shortest form has the right digits ("1.5E-09", "1E+21", "123.25") in another layout.
        Span<byte> shortest = stackalloc byte[MaxBytes];
        value.TryFormat(shortest, out var length, default, CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[MaxBytes];
        var (count, exponent) = Split(shortest[..length], digits);
        var at = 0;
        if (double.IsNegative(value))
        {
            target[at++] = (byte)'-';
        }

        var absolute = Math.Abs(value);
        return absolute != 0 && absolute is < 1e-6 or >= 1e21
            ? Scientific(target, at, digits[..count], exponent)
            : Plain(target, at, digits[..count], exponent);
    }

    /// <summary>Digits without leading or trailing zeros, and the place of the point relative to the first digit: 0.d1d2... x 10^exponent.</summary>
    private static (int Count, int Exponent) Split(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        var count = 0;
        var exponent = 0;
        var pointSeen = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is (byte)'E')
            {
                exponent += int.Parse(text[(i + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }

            if (c == (byte)'.')
            {
                pointSeen = true;
            }
            else if (c != (byte)'-')
            {
                if (count > 0 || c != (byte)'0')
                {
                    digits[count++] = c;
                    exponent += pointSeen ? 0 : 1;
                }
                else if (pointSeen)
                {
                    exponent--;
                }
            }
        }

        while (count > 0 && digits[count - 1] == (byte)'0')
        {
            count--;
        }

        return (count, exponent);
    }

    private static int Plain(Span<byte> target, int at, ReadOnlySpan<byte> digits, int exponent)
    {
        if (exponent <= 0)
        {
            target[at++] = (byte)'0';
            if (digits.IsEmpty)
            {
                return at;
            }

            target[at++] = (byte)'.';
            target.Slice(at, -exponent).Fill((byte)'0');
            at -= exponent;
            digits.CopyTo(target[at..]);
            return at + digits.Length;
        }

        for (var i = 0; i < Math.Max(exponent, digits.Length); i++)
        {
            if (i == exponent)
            {
                target[at++] = (byte)'.';
            }

            target[at++] = i < digits.Length ? digits[i] : (byte)'0';
        }

        return at;
    }

    private static int Scientific(Span<byte> target, int at, ReadOnlySpan<byte> digits, int exponent)
    {
        target[at++] = digits[0];
        if (digits.Length > 1)
        {
            target[at++] = (byte)'.';
            digits[1..].CopyTo(target[at..]);
            at += digits.Length - 1;
        }

        target[at++] = (byte)'e';
        target[at++] = exponent - 1 < 0 ? (byte)'-' : (byte)'+';
        return at + Format(Math.Abs(exponent - 1L), target[at..]);
    }
}
