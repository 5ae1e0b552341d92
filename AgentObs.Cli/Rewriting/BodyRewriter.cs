using System.Text;

namespace AgentObs.Cli.Rewriting;

/// <summary>
/// Writes new ids and moved times over those of one request body. Nothing changes its length, so protobuf's lengths stay right.
/// </summary>
internal sealed class BodyRewriter : IOtlpVisitor
{
    private readonly byte[] _source;
    private readonly byte[] _target;
    private readonly bool _isJson;
    private readonly IdMap _ids;
    private readonly long _shift;

    private BodyRewriter(OtlpBody body, byte[] target, IdMap ids, long shift)
    {
        _source = body.Bytes;
        _isJson = body.IsJson;
        _target = target;
        _ids = ids;
        _shift = shift;
    }

    /// <param name="shift">Nanoseconds added to every time that is set.</param>
    public static byte[] Rewrite(OtlpBody body, IdMap ids, long shift)
    {
        var target = body.Bytes.ToArray();
        ids.Substitute(target);
        body.Walk(new BodyRewriter(body, target, ids, shift));
        return target;
    }

    public void Id(int offset, int length)
    {
        // In JSON ids are text, and the substitution has met them.
        if (!_isJson && _ids.Of(Convert.ToHexStringLower(_source, offset, length)) is { } id)
        {
            Convert.FromHexString(id, _target.AsSpan(offset, length), out _, out _);
        }
    }

    public void Time(int offset, int length, OtlpRecord of)
    {
        if (OtlpTime.Read(_source.AsSpan(offset, length), _isJson) is { Value: > 0 } time)
        {
            OtlpTime.Write(_target.AsSpan(offset, length), time.Plus(_shift), _isJson);
        }
    }

    public void Text(ReadOnlySpan<byte> key, int offset, int length)
    {
        // 2026-11-22T12:18:33Z to 2026-11-22T12:18:33.206123456+00:00
        if (length is >= 20 and <= 35 && OtlpTime.ShiftText(Encoding.Latin1.GetString(_source, offset, length), _shift) is { } shifted)
        {
            Encoding.Latin1.GetBytes(shifted, _target.AsSpan(offset, length));
        }
    }
}
