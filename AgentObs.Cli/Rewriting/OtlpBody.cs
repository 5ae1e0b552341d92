namespace AgentObs.Cli.Rewriting;

/// <summary>An unpacked OTLP request body.</summary>
/// <param name="Signal"><c>traces</c>, <c>logs</c> or <c>metrics</c>.</param>
internal readonly record struct OtlpBody(string Signal, bool IsJson, byte[] Bytes)
{
    /// <exception cref="InvalidDataException">The bytes are not JSON.</exception>
    /// <exception cref="Ingest.Wire.OtlpFormatException">The bytes are not a protobuf request of that signal.</exception>
    public void Walk(IOtlpVisitor visitor)
    {
        if (IsJson)
        {
            OtlpJson.Walk(Bytes, visitor);
        }
        else
        {
            OtlpWire.Walk(Signal, Bytes, visitor);
        }
    }
}
