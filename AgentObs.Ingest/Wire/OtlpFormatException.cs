namespace AgentObs.Ingest.Wire;

/// <summary>
/// The body cannot be decoded, so nothing of it is stored. The message names the place and the field:
/// <c>byte 512: Span.start_time_unix_nano (field 7): wire type 0, expected 1</c> or
/// <c>resourceSpans[0].scopeSpans[0].spans[2].kind: "SPAN_KIND_X" is not a value of this enum</c>.
/// </summary>
internal sealed class OtlpFormatException(string message, Exception? inner = null) : Exception(message, inner);
