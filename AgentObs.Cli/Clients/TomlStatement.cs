namespace AgentObs.Cli.Clients;

/// <summary>A table's header or a pair of a TOML file, with its place in the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Table">The table that a pair stands in; empty for headers.</param>
/// <param name="Name">Its whole name, quotes taken off: <c>otel</c>, <c>exporter</c>, <c>otlp-grpc</c>; elements of lists by number.</param>
/// <param name="Start">Where the header or the key begins.</param>
/// <param name="ValueStart">Where the value begins; of a header its start.</param>
/// <param name="End">Behind the value, or behind the header's last bracket; white space and comments are not in it.</param>
internal sealed record TomlStatement(TomlKind Kind, IReadOnlyList<string> Table, IReadOnlyList<string> Name, int Start, int ValueStart, int End)
{
    /// <summary>True for <paramref name="name"/> itself and all below it.</summary>
    public bool IsWithin(params ReadOnlySpan<string> name) => Name.Count >= name.Length && Name.Take(name.Length).SequenceEqual(name.ToArray(), StringComparer.Ordinal);
}
