using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentObs.Cli.Clients;

namespace AgentObs.Cli.Setup;

/// <summary>Keys are variables of <c>env</c> in Claude Code's <c>settings.json</c>. Comments and trailing commas stay.</summary>
internal sealed class ClaudeText : ISettingsText
{
    private const string Env = "env";

    public string? Find(byte[] text, string key)
    {
        var (json, root) = Read(text);
        return root is not null && Object(json, root)?.Find(key) is { } place ? Utf8(json[place.ValueStart..place.End]) : null;
    }

    public byte[] Set(byte[] text, string key, string value)
    {
        var (json, root) = Read(text);
        value = Latin(value);
        if (root is null)
        {
            // Only white space: the file is as good as none.
            var mark = json.StartsWith(Latin("\uFEFF"), StringComparison.Ordinal) ? Latin("\uFEFF") : "";
            var end = Splice.LineEnd(json);
            return Bytes($"{mark}{{{end}  \"{Env}\": {{{end}    \"{key}\": {value}{end}  }}{end}}}{end}");
        }

        if (root.Find(Env) is null)
        {
            var end = Splice.LineEnd(json);
            var (indent, unit) = Indents(json, root);
            var inner = IsOneLine(json) ? $"{{ \"{key}\": {value} }}" : $"{{{end}{indent}{unit}\"{key}\": {value}{end}{indent}}}";
            return Bytes(Append(json, root, Env, inner));
        }

        var env = Object(json, root)!;
        return Bytes(env.Find(key) is { } place ? Splice.Replace(json, place.ValueStart, place.End, value) : Append(json, env, key, value));
    }

    public byte[] Remove(byte[] text, string key)
    {
        // A name may stand there twice.
        while (true)
        {
            var (json, root) = Read(text);
            if (root is null || Object(json, root) is not { } env || env.Find(key) is not { } place)
            {
                return text;
            }

            text = Bytes(Cut(json, env, place));
        }
    }

    /// <summary>Takes <c>env</c> away where nothing is left in it.</summary>
    public static byte[] RemoveEmpty(byte[] text)
    {
        var (json, root) = Read(text);
        return root?.Find(Env) is { } place && Object(json, root) is { Properties.Count: 0 } env && env.Content == env.Open + 1 ? Bytes(Cut(json, root, place)) : text;
    }

    public bool IsSame(string value, string other) => value == other || Decoded(value) is { } text && text == Decoded(other);

    private static string? Decoded(string value) => value.StartsWith('"') ? JsonSerializer.Deserialize(value, SetupJson.Default.String) : null;

    // One byte is one character here: places are counted in bytes, and what is not ASCII is carried along unread.
    private static (string Json, JsonLayout? Root) Read(byte[] text)
    {
        var json = Encoding.Latin1.GetString(text);
        var from = text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        if (string.IsNullOrWhiteSpace(json[from..]))
        {
            return (json, null);
        }

        _ = JsonSettings.Read(text);
        return (json, JsonLayout.Read(text, from) ?? throw new FormatException("line 1 is no object: it must begin with {"));
    }

    private static JsonLayout? Object(string json, JsonLayout root)
    {
        if (root.Find(Env) is not { } place)
        {
            return null;
        }

        return JsonLayout.Read(Bytes(json), place.ValueStart)
            ?? throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"line {1 + json.AsSpan(0, place.ValueStart).Count('\n')}: \"{Env}\" is no object"));
    }

    private static string Append(string json, JsonLayout into, string key, string value)
    {
        var end = Splice.LineEnd(json);
        var last = into.Properties is [.., var one] ? one : null;
        var (indent, _) = Indents(json, into);
        var separator = last is null || last.Comma is not null ? "" : ",";
        var trailing = last?.Comma is null ? "" : ",";
        if (IsOneLine(json))
        {
            var close = json[into.Content..into.Close].Length == 0 && last is null ? " " : "";
            return Splice.Replace(json, into.Content, into.Content, $"{separator} \"{key}\": {value}{trailing}{close}");
        }

        // A comment may stand between the last value and the brace: the comma goes before it, the new line behind it.
        var rest = json[into.Content..into.Close];
        var tail = rest.Contains('\n', StringComparison.Ordinal) ? rest : end + Splice.Indent(json, into.Open);
        json = Splice.Replace(json, into.Content, into.Close, $"{end}{indent}\"{key}\": {value}{trailing}{tail}");
        return last is null || separator.Length == 0 ? json : Splice.Replace(json, last.End, last.End, separator);
    }

    private static string Cut(string json, JsonLayout from, JsonPlace place)
    {
        if (place.Comma is { } comma)
        {
            // A comment between the value and its comma stays.
            json = Splice.Replace(json, comma, comma + 1, "");
            return Splice.Cut(json, place.Start, place.End);
        }

        var before = from.Properties.LastOrDefault(property => property.End <= place.Start);
        json = Splice.Cut(json, place.Start, place.End);
        return before?.Comma is { } left ? Splice.Replace(json, left, left + 1, "") : json;
    }

    // What the first property is indented by, if it has a line of its own; else what its object is, and one more.
    private static (string Indent, string Unit) Indents(string json, JsonLayout layout)
    {
        var outer = Splice.Indent(json, layout.Open);
        var inner = layout.Properties.Select(property => property.Start)
            .Where(start => json[Splice.LineStart(json, start)..start].Trim().Length == 0).Select(start => Splice.Indent(json, start)).FirstOrDefault();
        var unit = inner is not null && inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) ? inner[outer.Length..]
            : outer.StartsWith('\t') ? "\t" : outer.Length > 0 ? outer : "  ";
        return (inner ?? outer + unit, unit);
    }

    private static bool IsOneLine(string json) => json.TrimEnd().Contains('\n', StringComparison.Ordinal) is false && json.Contains('"', StringComparison.Ordinal);

    private static byte[] Bytes(string json) => Encoding.Latin1.GetBytes(json);

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Utf8(string latin) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin));
}
