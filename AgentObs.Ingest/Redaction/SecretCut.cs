namespace AgentObs.Ingest.Redaction;

/// <summary>Bytes of a text that go.</summary>
/// <param name="Kind">Index into <see cref="SecretList.Kinds"/>.</param>
internal readonly record struct SecretCut(int Start, int End, int Kind);
