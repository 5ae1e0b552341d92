using System.Globalization;
using System.Text.Json;

namespace AgentObs.Query;

/// <summary>Attributes are stored as text: what a client's file reads out of them.</summary>
internal static class AttributeText
{
    public static long Long(this AttributeMap attributes, string key) =>
        long.TryParse(attributes.First(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : 0;

    /// <summary>A number of tokens, as the columns hold it (UInt32): whatever a sender writes, sums of them do not overflow and none is below 0.</summary>
    public static long Tokens(this AttributeMap attributes, string key) => Math.Clamp(attributes.Long(key), 0, uint.MaxValue);

    public static bool Is(this AttributeMap attributes, string key, string value) =>
        string.Equals(attributes.First(key), value, StringComparison.OrdinalIgnoreCase);

    public static string FirstOf(this AttributeMap attributes, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            var value = attributes.First(key);
            if (value.Length > 0)
            {
                return value;
            }
        }

        return "";
    }

    /// <summary>The first of these string members of a JSON object; empty where the text is no object (it may have been cut short).</summary>
    public static string JsonMember(string json, params ReadOnlySpan<string> members)
    {
        if (json.Length < 2 || json[0] != '{')
        {
            return "";
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var member in members)
            {
                if (document.RootElement.TryGetProperty(member, out var value))
                {
                    return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
                }
            }
        }
        catch (JsonException)
        {
            // A sender cuts long arguments; without the closing brace nothing can be told from them.
        }

        return "";
    }
}
