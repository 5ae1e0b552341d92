using System.Globalization;

namespace AgentObs.Cli.Clients;

/// <summary>The names that a TOML file has used: a key or a table that stands twice makes it unreadable for codex, whatever its values are.</summary>
/// <remarks>TOML 1.0, "Keys" and "Table". Tables below an element of a list (<c>[[p]]</c>, <c>[p.a]</c>, <c>[[p]]</c>, <c>[p.a]</c>) are that element's own.</remarks>
internal sealed class TomlNames
{
    // Parts are joined by what stands in no key unquoted: "a.b" is another name than a.b.
    private const char Joint = '\u001F';

    private readonly Dictionary<string, int> _pairs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _dotted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _inner = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lists = new(StringComparer.Ordinal);
    private string _table = "";

    /// <summary>A header; the pairs that follow are its table's.</summary>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public string? Header(IReadOnlyList<string> name, bool isList, int line)
    {
        var path = "";
        foreach (var part in name.SkipLast(1))
        {
            path = Element(Join(path, part));
            if (_pairs.TryGetValue(path, out var pair))
            {
                return Again(name, pair);
            }
        }

        path = Join(path, name[^1]);
        if (Found(path, _pairs, _tables, _dotted) is { } before)
        {
            return Again(name, before);
        }

        if (isList)
        {
            _lists[path] = _lists.GetValueOrDefault(path) + 1;
            _table = Element(path);
            return null;
        }

        if (_lists.ContainsKey(path))
        {
            return $"has [{string.Join('.', name)}], which is a list: [[{string.Join('.', name)}]]";
        }

        _tables[path] = line;
        _table = path;
        return null;
    }

    /// <summary>A pair on lines of its own, by its key in the table of the last header.</summary>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public string? Pair(IReadOnlyList<string> key, int line)
    {
        var path = _table;
        foreach (var part in key.SkipLast(1))
        {
            path = Join(path, part);
            if (_pairs.TryGetValue(path, out var pair))
            {
                return Again(key, pair);
            }

            _dotted.TryAdd(path, line);
        }

        path = Join(path, key[^1]);
        if (Found(path, _pairs, _tables, _dotted) is { } before)
        {
            return Again(key, before);
        }

        _pairs[path] = line;
        return null;
    }

    /// <summary>A pair inside an inline table, by its whole name.</summary>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public string? Inner(IReadOnlyList<string> name, int line)
    {
        // Elements of a list have numbers of their own in the name, tables below them (see the remarks) the table's path.
        var path = $"{_table}{Joint}{Joint}{string.Join(Joint, name)}";
        return _inner.TryAdd(path, line) ? null : Again([name[^1]], _inner[path]);
    }

    private string Element(string path) => _lists.TryGetValue(path, out var count) ? Join(path, count.ToString(CultureInfo.InvariantCulture)) : path;

    private static string Join(string path, string part) => path.Length == 0 ? part : $"{path}{Joint}{part}";

    private static int? Found(string path, params ReadOnlySpan<Dictionary<string, int>> used)
    {
        foreach (var names in used)
        {
            if (names.TryGetValue(path, out var line))
            {
                return line;
            }
        }

        return null;
    }

    private static string Again(IReadOnlyList<string> name, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"has '{string.Join('.', name)}' again, which line {line} has already");
}
