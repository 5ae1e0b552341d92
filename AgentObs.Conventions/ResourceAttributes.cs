namespace AgentObs.Conventions;

/// <summary>
/// The text of OTEL_RESOURCE_ATTRIBUTES: <c>key=value,key=value</c>, with commas, equals signs, percent signs and non-ASCII
/// of the values percent-encoded (OpenTelemetry resource SDK specification).
/// </summary>
public static class ResourceAttributes
{
    public const string Variable = "OTEL_RESOURCE_ATTRIBUTES";

    /// <summary>Adds to what the variable holds already. A key that is added replaces its old value; what cannot be read is kept as it is.</summary>
    public static string Merge(string? existing, IEnumerable<KeyValuePair<string, string>> added)
    {
        var list = added.ToList();
        var kept = (existing ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(pair => !list.Exists(attribute => pair.StartsWith(attribute.Key + "=", StringComparison.Ordinal)));
        return string.Join(',', kept.Concat(list.Select(attribute => $"{attribute.Key}={Uri.EscapeDataString(attribute.Value)}")));
    }

    /// <summary>The pairs that can be read, their values decoded.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string? text) =>
    [
        .. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .Select(pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1]))),
    ];

    /// <summary>The text without some keys; what cannot be read is kept as it is.</summary>
    public static string Without(string? text, IReadOnlySet<string> keys) => string.Join(
        ',',
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(pair => !keys.Contains(pair.Split('=', 2)[0])));
}
