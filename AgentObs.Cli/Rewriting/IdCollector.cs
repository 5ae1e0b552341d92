using System.Text;
using AgentObs.Conventions;

namespace AgentObs.Cli.Rewriting;

/// <summary>Finds every id of a request, and the earliest time of its spans and log records.</summary>
internal sealed class IdCollector : IOtlpVisitor
{
    private readonly HashSet<string> _ids;
    private readonly bool _isJson;
    private readonly byte[] _body;

    private IdCollector(byte[] body, bool isJson, HashSet<string> ids)
    {
        _body = body;
        _isJson = isJson;
        _ids = ids;
    }

    /// <summary>The earliest start of a span or time of a log record; null where there is none.</summary>
    public UnixNano? Earliest { get; private set; }

    /// <summary>The earliest time of a data point, for recordings that hold nothing else.</summary>
    public UnixNano? EarliestPoint { get; private set; }

    /// <param name="ids">Receives the ids: hex digits for trace and span ids, others as they stand in texts.</param>
    public static IdCollector Collect(OtlpBody body, HashSet<string> ids)
    {
        var collector = new IdCollector(body.Bytes, body.IsJson, ids);
        body.Walk(collector);
        return collector;
    }

    public void Id(int offset, int length)
    {
        var bytes = _body.AsSpan(offset, length);
        if (bytes.ContainsAnyExcept(_isJson ? (byte)'0' : (byte)0))
        {
            _ids.Add(_isJson ? Encoding.Latin1.GetString(bytes) : Convert.ToHexStringLower(bytes));
        }
    }

    public void Time(int offset, int length, OtlpRecord of)
    {
        if (OtlpTime.Read(_body.AsSpan(offset, length), _isJson) is not { Value: > 0 } time)
        {
            return;
        }

        if (of == OtlpRecord.Point)
        {
            EarliestPoint = Earlier(EarliestPoint, time);
        }
        else
        {
            Earliest = Earlier(Earliest, time);
        }
    }

    public void Text(ReadOnlySpan<byte> key, int offset, int length)
    {
        var text = Encoding.UTF8.GetString(_body, offset, length);
        _ids.UnionWith(IdShapes.In(text));
        if (key.Length > 0 && IdShapes.IsIdAttribute(Encoding.UTF8.GetString(key), text))
        {
            _ids.Add(text);
        }
    }

    private static UnixNano Earlier(UnixNano? known, UnixNano time) => known is { } earliest && earliest < time ? earliest : time;
}
