using System.Text;

namespace AgentObs.Cli.Rewriting;

/// <summary>Finds the first text value of an attribute.</summary>
internal sealed class AttributeSearch : IOtlpVisitor
{
    private readonly byte[] _body;
    private readonly byte[] _key;
    private string? _value;

    private AttributeSearch(byte[] body, string key)
    {
        _body = body;
        _key = Encoding.UTF8.GetBytes(key);
    }

    /// <summary>Null where no resource, span, log record or data point has the attribute.</summary>
    public static string? FirstValue(OtlpBody body, string key)
    {
        var search = new AttributeSearch(body.Bytes, key);
        body.Walk(search);
        return search._value;
    }

    public void Text(ReadOnlySpan<byte> key, int offset, int length)
    {
        if (_value is null && key.SequenceEqual(_key))
        {
            _value = Encoding.UTF8.GetString(_body, offset, length);
        }
    }
}
