namespace AgentObs.Cli.Clients;

/// <summary>
/// What a TOML file has defined so far: a reader of TOML refuses one that says a thing twice, and with it every setting in it.
/// </summary>
internal sealed class TomlNames
{
    private enum Kind
    {
        /// <summary>A value, an inline table or a list of values: nothing may be added.</summary>
        Value,

        /// <summary><c>[a]</c>.</summary>
        Header,

        /// <summary><c>a</c> of <c>[a.b]</c>: may have a header of its own later.</summary>
        Above,

        /// <summary><c>a</c> of <c>a.b = 1</c>: has none.</summary>
        Dotted,

        /// <summary><c>[[a]]</c>.</summary>
        List,
    }

    private readonly Dictionary<string, Kind> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <returns>False where it, or something on its way, is defined otherwise already.</returns>
    public bool Table(IReadOnlyList<string> name, bool isList)
    {
        var path = "";
        foreach (var part in name.SkipLast(1))
        {
            path = Below(path, part);
            if (_kinds.TryGetValue(path, out var kind) ? kind == Kind.Value : !_kinds.TryAdd(path, Kind.Above))
            {
                return false;
            }
        }

        path = Below(path, name[^1], isElement: false);
        var known = _kinds.TryGetValue(path, out var present);
        if (isList)
        {
            _counts[path] = _counts.GetValueOrDefault(path) + 1;
            _kinds[path] = Kind.List;
            return !known || present == Kind.List;
        }

        _kinds[path] = Kind.Header;
        return !known || present == Kind.Above;
    }

    /// <param name="table">The table that the key stands in, as its header (or the pair of its inline table) names it.</param>
    /// <param name="key">Its parts.</param>
    /// <returns>As <see cref="Table"/>.</returns>
    public bool Pair(IEnumerable<string> table, IReadOnlyList<string> key)
    {
        var path = table.Aggregate("", (path, part) => Below(path, part));
        foreach (var part in key.SkipLast(1))
        {
            path = Below(path, part, isElement: false);
            if (_kinds.TryGetValue(path, out var kind) ? kind is not (Kind.Dotted or Kind.Above) : !_kinds.TryAdd(path, Kind.Dotted))
            {
                return false;
            }
        }

        return _kinds.TryAdd(Below(path, key[^1], isElement: false), Kind.Value);
    }

    // [a.b] below [[a]] is of its last element.
    private string Below(string path, string part, bool isElement = true)
    {
        path = $"{path}\0{part}";
        return isElement && _counts.TryGetValue(path, out var count) ? $"{path}\0{count - 1}" : path;
    }
}
