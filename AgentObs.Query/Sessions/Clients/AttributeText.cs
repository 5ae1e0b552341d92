using System.Globalization;
using System.Text.Json;

namespace AgentObs.Query;

/// <summary>Attributes are stored as text: what a client's file reads out of them.</summary>
internal static class AttributeText
{
    public static long Long(this AttributeMap attributes, string key) =>
        long.TryParse(attributes.First(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : 0;

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
