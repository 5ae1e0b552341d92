using System.Text.Json;

namespace AgentObs.Cli.Setup;

/// <summary>Where an object of a JSON text stands, and what is in it.</summary>
/// <param name="Open">Its brace.</param>
/// <param name="Close">Its other brace.</param>
/// <param name="Content">Behind the last thing in it that is no white space: a value, a comma, a comment; behind the brace where it is empty.</param>
/// <param name="Properties">In order.</param>
internal sealed record JsonLayout(int Open, int Close, int Content, IReadOnlyList<JsonPlace> Properties)
{
    private static readonly JsonReaderOptions WithComments = new() { CommentHandling = JsonCommentHandling.Allow, AllowTrailingCommas = true };

    /// <summary>The last one of that name: it is the one that counts for JavaScript.</summary>
    public JsonPlace? Find(string name) => Properties.LastOrDefault(property => property.Name == name);

    /// <summary>The object at a place of the text.</summary>
    /// <param name="from">At its brace, or at white space and comments before it.</param>
    /// <returns>Null where something else stands there.</returns>
    public static JsonLayout? Read(ReadOnlySpan<byte> text, int from)
    {
        var reader = new Utf8JsonReader(text[from..], WithComments);
        while (reader.Read() && reader.TokenType == JsonTokenType.Comment)
        {
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var (open, depth) = (from + (int)reader.TokenStartIndex, reader.CurrentDepth + 1);
        var properties = new List<JsonPlace>();
        var content = open + 1;
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == depth - 1))
        {
            var start = from + (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.Comment)
            {
                content = CommentEnd(text, start);
                continue;
            }

            var name = reader.GetString()!;
            while (reader.Read() && reader.TokenType == JsonTokenType.Comment)
            {
            }

            var value = from + (int)reader.TokenStartIndex;
            reader.Skip();
            content = from + (int)reader.BytesConsumed;
            var comma = Comma(text, content);
            properties.Add(new JsonPlace(name, start, value, content, comma));
            content = comma is null ? content : comma.Value + 1;
        }

        return new JsonLayout(open, from + (int)reader.TokenStartIndex, content, properties);
    }

    // Between a value and its comma there may be white space and comments.
    private static int? Comma(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length)
        {
            switch (text[at])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                    at++;
                    break;
                case (byte)'/':
                    at = CommentEnd(text, at);
                    break;
                default:
                    return text[at] == ',' ? at : null;
            }
        }

        return null;
    }

    private static int CommentEnd(ReadOnlySpan<byte> text, int at)
    {
        var isLine = text[at + 1] == '/';
        var length = text[at..].IndexOf(isLine ? "\n"u8 : "*/"u8);
        return length < 0 ? text.Length : !isLine ? at + length + 2 : at + length - (text[at + length - 1] == '\r' ? 1 : 0);
    }
}
