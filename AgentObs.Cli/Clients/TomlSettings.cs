using System.Globalization;
using System.Text;

namespace AgentObs.Cli.Clients;

/// <summary>Reads a TOML 1.0 settings file with the lines of its values: tables, dotted and quoted keys, inline tables, lists, all kinds of strings.</summary>
internal sealed class TomlSettings
{
    private readonly string _text;
    private readonly List<SettingLine> _lines = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _at;

    private TomlSettings(string text) => _text = text;

    /// <exception cref="FormatException">Not TOML; names the line.</exception>
    public static IReadOnlyList<SettingLine> Read(string text)
    {
        var reader = new TomlSettings(text.TrimStart('\uFEFF').ReplaceLineEndings("\n"));
        reader.Document();
        return reader._lines;
    }

    private char Next => _at < _text.Length ? _text[_at] : '\0';

    private int Line => 1 + _text.AsSpan(0, Math.Min(_at, _text.Length)).Count('\n');

    private void Document()
    {
        var table = "";
        for (Skip(lines: true); Next != '\0'; Skip(lines: true))
        {
            if (Next == '[')
            {
                table = Header();
            }
            else
            {
                Pair(table);
            }

            Skip(lines: false);
            if (Next is not ('\n' or '\0'))
            {
                throw Wrong("has something behind its value");
            }
        }
    }

    // [otel], [[profiles]]: the second kind is a list, its elements counted.
    private string Header()
    {
        var isList = _text.AsSpan(_at).StartsWith("[[", StringComparison.Ordinal);
        _at += isList ? 2 : 1;
        var name = Key();
        foreach (var _ in isList ? "]]" : "]")
        {
            Take(']');
        }

        if (!isList)
        {
            return name;
        }

        var count = _counts.GetValueOrDefault(name);
        _counts[name] = count + 1;
        return Join(name, count.ToString(CultureInfo.InvariantCulture));
    }

    private void Pair(string table)
    {
        var name = Join(table, Key());
        Take('=');
        Skip(lines: false);
        Value(name);
    }

    private string Key()
    {
        var key = new StringBuilder();
        while (true)
        {
            Skip(lines: false);
            if (Next is '"' or '\'')
            {
                key.Append(Text());
            }
            else
            {
                var start = _at;
                while (char.IsAsciiLetterOrDigit(Next) || Next is '-' or '_')
                {
                    _at++;
                }

                key.Append(_at > start ? _text.AsSpan(start, _at - start) : throw Wrong("has no key"));
            }

            Skip(lines: false);
            if (Next != '.')
            {
                return key.ToString();
            }

            _at++;
            key.Append('.');
        }
    }

    private void Value(string name)
    {
        var line = Line;
        switch (Next)
        {
            case '{':
                List('}', _ => Pair(name));
                break;
            case '[':
                List(']', i => Value(Join(name, i.ToString(CultureInfo.InvariantCulture))));
                break;
            case '"' or '\'':
                _lines.Add(new SettingLine(name, Text(), line));
                break;
            default:
                var start = _at;
                while (Next is not (',' or ']' or '}' or '#' or '\n' or '\0'))
                {
                    _at++;
                }

                var bare = _text[start.._at].Trim();
                _lines.Add(new SettingLine(name, bare.Length > 0 ? bare : throw Wrong("has no value"), line));
                break;
        }
    }

    private void List(char end, Action<int> element)
    {
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
    }

    private string Text()
    {
        var quote = Next;
        var isLong = _text.AsSpan(_at).StartsWith(new string(quote, 3), StringComparison.Ordinal);
        var mark = isLong ? new string(quote, 3) : quote.ToString();
        _at += mark.Length;
        if (isLong && Next == '\n')
        {
            _at++;
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

        return text.ToString();
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
            case '\n' or ' ' or '\t':
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
        while (Next is ' ' or '\t' || (lines && Next == '\n') || Next == '#')
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

    private static string Join(string name, string key) => name.Length == 0 ? key : $"{name}.{key}";

    private FormatException Wrong(string what) => new(string.Create(CultureInfo.InvariantCulture, $"line {Line} {what}"));
}
