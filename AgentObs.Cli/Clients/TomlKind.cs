namespace AgentObs.Cli.Clients;

/// <summary>What a <see cref="TomlStatement"/> is.</summary>
internal enum TomlKind
{
    /// <summary><c>[otel]</c> or <c>[[profiles]]</c>.</summary>
    Table,

    /// <summary><c>key = value</c> on lines of its own.</summary>
    Pair,

    /// <summary><c>key = value</c> inside an inline table.</summary>
    Inner,
}
