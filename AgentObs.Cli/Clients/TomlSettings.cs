using System.Globalization;
using System.Text;

namespace AgentObs.Cli.Clients;

/// <summary>
/// Reads a TOML 1.0 settings file with the lines of its values and the places of its statements: tables, dotted and quoted keys, inline tables, lists,
/// all kinds of strings. What is set twice is refused, as the clients refuse it.
/// </summary>
internal sealed class TomlSettings
{
    // Each level costs stack.
    private const int Deepest = 64;

    private readonly string _text;
    private readonly List<SettingLine> _lines = [];
    private readonly List<TomlStatement> _statements = [];
    private readonly TomlNames _names = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _table = [];
    private int _at;
    private int _depth;

    private TomlSettings(string text) => _text = text;

    /// <exception cref="FormatException">Not TOML; names the line.</exception>
    public static IReadOnlyList<SettingLine> Read(string text) => Document(text)._lines;

    /// <summary>Its tables and pairs in order, with their places in <paramref name="text"/>; the pairs of inline tables follow the pair that holds them.</summary>
    /// <exception cref="FormatException">Not TOML; names the line.</exception>
    public static IReadOnlyList<TomlStatement> Statements(string text) => Document(text)._statements;

    private static TomlSettings Document(string text)
    {
        var reader = new TomlSettings(text) { _at = text.StartsWith('\uFEFF') ? 1 : 0 };
        reader.Document();
        return reader;
    }

    private char Next => _at < _text.Length ? _text[_at] : '\0';

    private int Line => 1 + _text.AsSpan(0, Math.Min(_at, _text.Length)).Count('\n');

    private void Document()
    {
        IReadOnlyList<string> table = [];
        for (Skip(lines: true); Next != '\0'; Skip(lines: true))
        {
            if (Next == '[')
            {
                table = Header();
            }
            else
            {
                Pair(table, TomlKind.Pair);
            }

            Skip(lines: false);
            if (Next is not ('\n' or '\0'))
            {
                throw Wrong("has something behind its value");
            }
        }
    }

    // [otel], [[profiles]]: the second kind is a list, its elements counted.
    private List<string> Header()
    {
        var start = _at;
        var isList = _text.AsSpan(_at).StartsWith("[[", StringComparison.Ordinal);
        _at += isList ? 2 : 1;
        var name = Key();
        foreach (var _ in isList ? "]]" : "]")
        {
            Take(']');
        }

        if (!_names.Table(name, isList))
        {
            throw Wrong($"has [{string.Join('.', name)}] a second time");
        }

        _table = name;
        if (isList)
        {
            var list = string.Join('.', name);
            var count = _counts.GetValueOrDefault(list);
            _counts[list] = count + 1;
            name = [.. name, count.ToString(CultureInfo.InvariantCulture)];
        }

        _statements.Add(new TomlStatement(TomlKind.Table, [], name, start, start, _at));
        return name;
    }

    private void Pair(IReadOnlyList<string> table, TomlKind kind)
    {
        var start = _at;
        var key = Key();
        IReadOnlyList<string> name = [.. table, .. key];
        Take('=');
        if (!_names.Pair(kind == TomlKind.Inner ? table : _table, key))
        {
            throw Wrong($"sets {string.Join('.', name)} a second time");
        }

        Skip(lines: false);
        var (value, index) = (_at, _statements.Count);
        Value(name);
        _statements.Insert(index, new TomlStatement(kind, table, name, start, value, _at));
    }

    private List<string> Key()
    {
        var key = new List<string>();
        while (true)
        {
            Skip(lines: false);
            if (Next is '"' or '\'')
            {
                key.Add(Text());
            }
            else
            {
                var start = _at;
                while (char.IsAsciiLetterOrDigit(Next) || Next is '-' or '_')
                {
                    _at++;
                }

                key.Add(_at > start ? _text[start.._at] : throw Wrong("has no key"));
            }

            Skip(lines: false);
            if (Next != '.')
            {
                return key;
            }

            _at++;
        }
    }

    private void Value(IReadOnlyList<string> name)
    {
        var line = Line;
        switch (Next)
        {
            case '{':
                List('}', _ => Pair(name, TomlKind.Inner));
                break;
            case '[':
                List(']', i => Value([.. name, i.ToString(CultureInfo.InvariantCulture)]));
                break;
            case '"' or '\'':
                _lines.Add(new SettingLine(string.Join('.', name), Text(), line));
                break;
            default:
                var start = _at;
                while (Next is not (',' or ']' or '}' or '#' or '\n' or '\0'))
                {
                    _at++;
                }

                var bare = _text[start.._at].TrimEnd();
                _at = start + bare.Length;
                _lines.Add(new SettingLine(string.Join('.', name), bare.Length > 0 ? bare : throw Wrong("has no value"), line));
                break;
        }
    }

    private void List(char end, Action<int> element)
    {
        if (++_depth > Deepest)
        {
            throw Wrong("nests deeper than any client's settings");
        }

        _at++;
        for (var i = 0; ; i++)
        {
            Skip(lines: true);
            if (Next == end)
            {
                break;
            }

            element(i);
            Skip(lines: true);
            if (Next == ',')
            {
                _at++;
            }
            else if (Next != end)
            {
                throw Wrong($"has no '{end}'");
            }
        }

        _at++;
        _depth--;
    }

    private string Text()
    {
        var quote = Next;
        var isLong = _text.AsSpan(_at).StartsWith(new string(quote, 3), StringComparison.Ordinal);
        var mark = isLong ? new string(quote, 3) : quote.ToString();
        _at += mark.Length;
        if (isLong)
        {
            _at += _text.AsSpan(_at).StartsWith("\r\n", StringComparison.Ordinal) ? 2 : Next == '\n' ? 1 : 0;
        }

        var text = new StringBuilder();
        while (!_text.AsSpan(_at).StartsWith(mark, StringComparison.Ordinal))
        {
            if (Next == '\0' || (Next == '\n' && !isLong))
            {
                throw Wrong($"has no end of its string ({mark})");
            }

            text.Append(Next == '\\' && quote == '"' ? Escape() : _text[_at++].ToString());
        }

        _at += mark.Length;

        // Up to two quotes may stand before the end: """a"""".
        while (isLong && Next == quote)
        {
            text.Append(quote);
            _at++;
        }

        return text.Replace("\r\n", "\n").ToString();
    }

    private string Escape()
    {
        _at++;
        var letter = Next;
        _at++;
        switch (letter)
        {
            case 'b' or 't' or 'n' or 'f' or 'r' or '"' or '\\':
                return letter switch { 'b' => "\b", 't' => "\t", 'n' => "\n", 'f' => "\f", 'r' => "\r", _ => letter.ToString() };
            case 'u' or 'U':
                var length = letter == 'u' ? 4 : 8;
                if (_at + length > _text.Length || !int.TryParse(_text.AsSpan(_at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
                {
                    throw Wrong("has an escape that is no character");
                }

                _at += length;
                return new Rune(code).ToString();
            case '\n' or '\r' or ' ' or '\t':
                // A backslash at a line's end takes the white space behind it away.
                while (char.IsWhiteSpace(Next))
                {
                    _at++;
                }

                return "";
            default:
                throw Wrong($"has an unknown escape \\{letter}");
        }
    }

    private void Take(char expected)
    {
        Skip(lines: false);
        _at += Next == expected ? 1 : throw Wrong($"has no '{expected}'");
    }

    private void Skip(bool lines)
    {
        while (Next is ' ' or '\t' || IsLineEnd() || (lines && Next == '\n') || Next == '#')
        {
            if (Next == '#')
            {
                while (Next is not ('\n' or '\0'))
                {
                    _at++;
                }
            }
            else
            {
                _at++;
            }
        }
    }

    // The first half of \r\n; a \r of its own is no white space.
    private bool IsLineEnd() => Next == '\r' && (_at + 1 == _text.Length || _text[_at + 1] == '\n');

    private FormatException Wrong(string what) => new(string.Create(CultureInfo.InvariantCulture, $"line {Line} {what}"));
}
