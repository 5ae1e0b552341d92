namespace AgentObs.Query;

/// <summary>
/// One line of <c>SpanRules.json</c>: spans of <see cref="Client"/> with this <see cref="Name"/> (<c>*</c> at its end: any that begin so;
/// empty: any) that have all attributes of <see cref="Has"/> (<c>key</c>, or <c>key=value</c>) are <see cref="As"/>.
/// </summary>
internal sealed record SpanRule(string Client, string Name, IReadOnlyList<string>? Has, SpanRole As, bool Boundary, bool Primary)
{
    private readonly (string Key, string? Value)[] _wanted =
        [.. (Has ?? []).Select(wanted => wanted.Split('=', 2)).Select(parts => (parts[0], parts.Length == 2 ? parts[1] : null))];

    public bool Names(string name) => Name.Length == 0
        || (Name[^1] == '*' ? name.AsSpan().StartsWith(Name.AsSpan(0, Name.Length - 1), StringComparison.Ordinal) : Name == name);

    public bool Fits(SpanRow span)
    {
        foreach (var (key, value) in _wanted)
        {
            if (value is null ? !span.Attributes.Has(key) : !span.Attributes.All(key).Contains(value, StringComparer.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
