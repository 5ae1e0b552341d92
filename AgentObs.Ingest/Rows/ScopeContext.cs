using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>What every row of one instrumentation scope repeats.</summary>
internal sealed class ScopeContext
{
    public EncodedAttributes Attributes { get; } = new();

    public WireSlice Name { get; private set; }

    public WireSlice Version { get; private set; }

    public WireSlice SchemaUrl { get; private set; }

    public uint DroppedAttributes { get; private set; }

    /// <summary>Why no record of this scope can be stored; null when they can.</summary>
    public RecordProblem? Problem { get; private set; }

    public void Read(ReadOnlySpan<byte> body, WireSlice scope, WireSlice schemaUrl, AttributeList attributes)
    {
        attributes.Clear();
        Name = default;
        Version = default;
        DroppedAttributes = 0;
        var reader = new WireReader(body, scope, OtlpSchema.Scope);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    Name = reader.Slice();
                    break;
                case 2:
                    Version = reader.Slice();
                    break;
                case 3:
                    attributes.Add(body, reader.Slice());
                    break;
                case 4:
                    DroppedAttributes = (uint)reader.Varint();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        SchemaUrl = schemaUrl;
        Problem = Attributes.Set(attributes, body) ? null : attributes.Problem.In("InstrumentationScope.attributes");
    }
}
