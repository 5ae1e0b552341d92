namespace AgentObs.Query;

/// <summary>
/// One line of <c>SpanRules.json</c>: spans of <see cref="Client"/> with this <see cref="Name"/> (<c>*</c> at its end: any that begin so;
/// empty: any) that have all attributes of <see cref="Has"/> (<c>key</c>, or <c>key=value</c>) are <see cref="As"/>.
/// </summary>
internal sealed record SpanRule(string Client, string Name, IReadOnlyList<string>? Has, SpanRole As, bool Boundary, bool Primary)
{
    public bool Names(string name) => Name.Length == 0
        || (Name[^1] == '*' ? name.AsSpan().StartsWith(Name.AsSpan(0, Name.Length - 1), StringComparison.Ordinal) : Name == name);

    public bool Fits(SpanRow span)
    {
        foreach (var wanted in Has ?? [])
        {
            var equals = wanted.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 ? !span.Attributes.Has(wanted) : !HasValue(span, wanted[..equals], wanted[(equals + 1)..]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasValue(SpanRow span, string key, string value) => span.Attributes.All(key).Contains(value, StringComparer.Ordinal);
}
