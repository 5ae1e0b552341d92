namespace AgentObs.Cli.Rewriting;

/// <summary>What a field of an OTLP message is to the rewriting: an id, a time, a text, an attribute's key, or a message inside.</summary>
internal readonly record struct OtlpField(OtlpFieldRole Role, OtlpMessage Message = default, OtlpRecord Record = default);
