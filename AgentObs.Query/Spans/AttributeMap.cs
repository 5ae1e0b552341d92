namespace AgentObs.Query;

/// <summary>
/// Attributes as they are stored: a key may occur more than once, and the order of equal keys means nothing
/// (codex sends <c>thread.id</c> twice: the OS thread's number and the conversation's uuid).
/// </summary>
internal readonly struct AttributeMap(string[] keys, string[] values)
{
    public const int UuidLength = 36;

    private readonly string[]? _keys = keys;
    private readonly string[]? _values = values;

    public static AttributeMap Empty => default;

    public int Count => _keys?.Length ?? 0;

    public string KeyAt(int index) => _keys![index];

    public string ValueAt(int index) => _values![index];

    public bool Has(string key) => IndexOf(key, 0) >= 0;

    /// <summary>The first value of the key; empty where there is none.</summary>
    public string First(string key)
    {
        var index = IndexOf(key, 0);
        return index < 0 ? "" : _values![index];
    }

    public IEnumerable<string> All(string key)
    {
        for (var i = IndexOf(key, 0); i >= 0; i = IndexOf(key, i + 1))
        {
            yield return _values![i];
        }
    }

    /// <summary>The value of the key that has a uuid's 36 characters; empty where there is none.</summary>
    public string WithLength36(string key)
    {
        for (var i = IndexOf(key, 0); i >= 0; i = IndexOf(key, i + 1))
        {
            if (_values![i].Length == UuidLength)
            {
                return _values[i];
            }
        }

        return "";
    }

    private int IndexOf(string key, int from)
    {
        for (var i = from; i < Count; i++)
        {
            if (string.Equals(_keys![i], key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
