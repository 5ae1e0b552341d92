using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AgentObs.Cli.Clients;

/// <summary>Reads a JSON settings file with the lines of its values. Comments and trailing commas are taken, as the clients take them.</summary>
internal static class JsonSettings
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="FormatException">Not JSON; names the line.</exception>
    public static IReadOnlyList<SettingLine> Read(ReadOnlySpan<byte> text)
    {
        text = text.StartsWith(Encoding.UTF8.Preamble) ? text[3..] : text;
        var lines = new List<SettingLine>();
        var reader = new Utf8JsonReader(text, Lenient);
        try
        {
            if (reader.Read())
            {
                Value(ref reader, text, "", lines);
            }

            // What stands behind the end is an error too.
            while (reader.Read())
            {
            }
        }
        catch (JsonException error)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"line {error.LineNumber + 1} is not JSON"), error);
        }

        return lines;
    }

    private static void Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, string name, List<SettingLine> lines)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var key = reader.GetString()!;
                    reader.Read();
                    Value(ref reader, text, Join(name, key), lines);
                }

                break;
            case JsonTokenType.StartArray:
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    Value(ref reader, text, Join(name, i.ToString(CultureInfo.InvariantCulture)), lines);
                }

                break;
            case JsonTokenType.Null:
                break;
            default:
                var value = reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
                lines.Add(new SettingLine(name, value, 1 + text[..(int)reader.TokenStartIndex].Count((byte)'\n')));
                break;
        }
    }

    private static string Join(string name, string key) => name.Length == 0 ? key : $"{name}.{key}";
}
