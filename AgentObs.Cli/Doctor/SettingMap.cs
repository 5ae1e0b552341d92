namespace AgentObs.Cli.Doctor;

/// <summary>Settings by name as an agent sees them, with what was overridden on the way.</summary>
/// <param name="File">The user's own file, which <c>agentobs setup</c> writes: <c>~/.claude/settings.json</c>.</param>
/// <param name="Fault">Why that file or another could not be read; null where all could.</param>
internal sealed record SettingMap(string File, string? Fault)
{
    private readonly Dictionary<string, Told> _values = new(StringComparer.Ordinal);
    private readonly List<(string Name, Told Loser)> _overridden = [];

    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>A layer above what is there: its value wins.</summary>
    public void Put(string name, Told told)
    {
        if (_values.TryGetValue(name, out var below) && below.Value != told.Value)
        {
            _overridden.Add((name, below));
        }

        _values[name] = told;
    }

    /// <summary>Null where it is not set, or empty.</summary>
    public Told? Find(string name) => _values.GetValueOrDefault(name) is { Value.Length: > 0 } told ? told : null;

    public string Text(string name) => Find(name)?.Value ?? "";

    public bool IsOn(string name) => Text(name).ToLowerInvariant() is "1" or "true" or "yes" or "on";

    /// <summary><c>NAME=value (~/.claude/settings.json:4)</c>; <c>NAME is not set</c>. Names that hold secrets are shown without their value.</summary>
    public string Line(string name) => Find(name) is not { } told ? $"{name} is not set"
        : $"{name}={(IsSecret(name) ? "..." : told.Value)} ({told.Where}{Overrides(name)})";

    private string Overrides(string name) => _overridden.Where(pair => pair.Name == name).Select(pair => pair.Loser).LastOrDefault() is { } loser
        ? $", over {(IsSecret(name) ? "..." : loser.Value)} of {loser.Where}"
        : "";

    private static bool IsSecret(string name) =>
        name.Contains("HEADERS", StringComparison.OrdinalIgnoreCase) || name.Contains("TOKEN", StringComparison.OrdinalIgnoreCase) || name.Contains("KEY", StringComparison.OrdinalIgnoreCase);
}
