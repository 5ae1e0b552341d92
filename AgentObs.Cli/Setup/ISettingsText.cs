namespace AgentObs.Cli.Setup;

/// <summary>
/// Changes single keys of a settings file's text and leaves every other byte as it is. Keys are those of the client's telemetry:
/// <c>OTEL_TRACES_EXPORTER</c> of Claude's <c>env</c>, <c>trace_exporter</c> of codex's <c>[otel]</c>. Values are as the file writes them:
/// <c>"otlp"</c>, <c>{ otlp-grpc = { ... } }</c>. Texts may begin with a byte order mark; empty ones count as a file without settings.
/// </summary>
internal interface ISettingsText
{
    /// <summary>The key's value as it is written; null where it is not set. One that is spread over tables comes back as one inline table.</summary>
    /// <exception cref="FormatException">Not the format; names the line.</exception>
    string? Find(byte[] text, string key);

    /// <summary>Gives the key this value where it stands, else where its like stand.</summary>
    /// <exception cref="FormatException">Not the format, or something else stands where the keys belong; names the line.</exception>
    byte[] Set(byte[] text, string key, string value);

    /// <summary>Takes the key away, and its line with it.</summary>
    /// <exception cref="FormatException">As <see cref="Set"/>.</exception>
    byte[] Remove(byte[] text, string key);

    /// <summary>True where both mean the same: quotes, order and white space do not count.</summary>
    bool IsSame(string value, string other);
}
