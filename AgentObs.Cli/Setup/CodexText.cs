using System.Globalization;
using System.Text;
using AgentObs.Cli.Clients;

namespace AgentObs.Cli.Setup;

/// <summary>Keys are those of <c>[otel]</c> in codex's <c>config.toml</c>, however it is written: as a table, dotted, inline, spread over tables.</summary>
internal sealed class CodexText : ISettingsText
{
    private const string Otel = "otel";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string? Find(byte[] text, string key)
    {
        var toml = Decode(text);
        var own = Own(TomlSettings.Statements(toml), key).Where(statement => statement.Kind != TomlKind.Table).ToList();
        return own.Count == 0 ? null
            : own.FirstOrDefault(statement => statement.Name.Count == 2) is { } whole ? toml[whole.ValueStart..whole.End]
            : $"{{ {string.Join(", ", own.Select(statement => $"{Dotted(statement.Name.Skip(2))} = {toml[statement.ValueStart..statement.End]}"))} }}";
    }

    public byte[] Set(byte[] text, string key, string value)
    {
        var toml = Decode(text);
        var statements = Checked(toml);
        var own = Own(statements, key).ToList();
        if (own is [{ Kind: not TomlKind.Table, Name.Count: 2 } whole])
        {
            return Encode(Splice.Replace(toml, whole.ValueStart, whole.End, value));
        }

        toml = Cut(toml, own);
        return Encode(Insert(toml, TomlSettings.Statements(toml), $"{key} = {value}"));
    }

    public byte[] Remove(byte[] text, string key)
    {
        var toml = Decode(text);
        return Encode(Cut(toml, Own(Checked(toml), key)));
    }

    /// <summary>Takes the header <c>[otel]</c> away where nothing is left below it.</summary>
    public static byte[] RemoveEmpty(byte[] text)
    {
        var toml = Decode(text);
        return TomlSettings.Statements(toml).Where(statement => statement.IsWithin(Otel)).ToList() is [{ Kind: TomlKind.Table } header]
            ? Encode(Splice.Cut(toml, header.Start, header.End).TrimEnd('\r', '\n') + Splice.LineEnd(toml))
            : text;
    }

    public bool IsSame(string value, string other) => value == other || Meaning(value).SequenceEqual(Meaning(other));

    private static IEnumerable<string> Meaning(string value) =>
        TomlSettings.Read("x = " + value).Select(line => $"{line.Name} {line.Value}").Order(StringComparer.Ordinal).Append(value[0] is '"' or '\'' ? "text" : "");

    // Parts of an inline value belong to it; only the outermost counts.
    private static IEnumerable<TomlStatement> Own(IReadOnlyList<TomlStatement> statements, string key)
    {
        var end = 0;
        foreach (var statement in statements.Where(statement => statement.IsWithin(Otel, key)))
        {
            if (statement.Start >= end)
            {
                end = statement.End;
                yield return statement;
            }
        }
    }

    private static string Cut(string toml, IEnumerable<TomlStatement> own)
    {
        foreach (var statement in own.OrderByDescending(statement => statement.Start))
        {
            toml = statement.Kind == TomlKind.Inner ? CutInner(toml, statement) : Splice.Cut(toml, statement.Start, statement.End);
        }

        return toml;
    }

    // Of an inline table a comma goes too: the one behind, else the one before.
    private static string CutInner(string toml, TomlStatement statement)
    {
        var behind = statement.End;
        while (char.IsWhiteSpace(toml[behind]))
        {
            behind++;
        }

        if (toml[behind] == ',')
        {
            behind++;
            while (toml[behind] is ' ' or '\t')
            {
                behind++;
            }

            return Splice.Replace(toml, statement.Start, behind, "");
        }

        var before = statement.Start;
        while (char.IsWhiteSpace(toml[before - 1]))
        {
            before--;
        }

        return Splice.Replace(toml, toml[before - 1] == ',' ? before - 1 : statement.Start, statement.End, "");
    }

    private static string Insert(string toml, IReadOnlyList<TomlStatement> statements, string pair)
    {
        var end = Splice.LineEnd(toml);
        if (statements.FirstOrDefault(statement => statement.Kind == TomlKind.Pair && statement.Name is [Otel]) is { } inline)
        {
            var content = inline.End - 1;
            while (char.IsWhiteSpace(toml[content - 1]))
            {
                content--;
            }

            return toml[content - 1] == '{'
                ? Splice.Replace(toml, content, inline.End - 1, $" {pair} ")
                : Splice.Replace(toml, content, content, $"{(toml[content - 1] == ',' ? "" : ",")} {pair}");
        }

        // A table that dotted keys made takes no header.
        if (statements.LastOrDefault(statement => statement.Kind == TomlKind.Pair && statement.Table.Count == 0 && statement.IsWithin(Otel)) is { } dotted)
        {
            return AfterLine(toml, dotted, $"otel.{pair}", end);
        }

        if (statements.FirstOrDefault(statement => statement is { Kind: TomlKind.Table, Name: [Otel] }) is { } header)
        {
            var last = statements.LastOrDefault(statement => statement is { Kind: TomlKind.Pair, Table: [Otel] }) ?? header;
            return AfterLine(toml, last, pair, end);
        }

        var text = toml.Length == 0 || toml.EndsWith('\n') || toml == "\uFEFF" ? toml : toml + end;
        var gap = text.Trim('\uFEFF').Length == 0 || text.EndsWith(end + end, StringComparison.Ordinal) ? "" : end;
        return $"{text}{gap}[{Otel}]{end}{pair}{end}";
    }

    // Behind what else stands on the line of the statement's end: its comment.
    private static string AfterLine(string toml, TomlStatement statement, string pair, string end)
    {
        var indent = Splice.Indent(toml, statement.Start);
        var line = toml.IndexOf('\n', statement.End);
        return line < 0 ? $"{toml}{end}{indent}{pair}" : Splice.Replace(toml, line + 1, line + 1, $"{indent}{pair}{end}");
    }

    private static IReadOnlyList<TomlStatement> Checked(string toml)
    {
        var statements = TomlSettings.Statements(toml);
        var wrong = statements.FirstOrDefault(statement => statement.IsWithin(Otel)
            && (statement is { Kind: TomlKind.Pair, Name: [Otel] } && toml[statement.ValueStart] != '{' || statement is { Kind: TomlKind.Table, Name: [Otel, "0"] }));
        return wrong is null ? statements
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"line {1 + toml.AsSpan(0, wrong.Start).Count('\n')}: {Otel} is no table"));
    }

    private static string Dotted(IEnumerable<string> name) => string.Join('.', name.Select(part =>
        part.Length > 0 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') ? part : $"\"{part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""));

    private static string Decode(byte[] text)
    {
        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException error)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"line {1 + text.AsSpan(0, error.Index).Count((byte)'\n')} is not UTF-8"), error);
        }
    }

    private static byte[] Encode(string toml) => Strict.GetBytes(toml);
}
