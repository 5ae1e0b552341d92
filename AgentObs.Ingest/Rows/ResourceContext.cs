using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>What every row of one resource repeats.</summary>
internal sealed class ResourceContext
{
    public EncodedAttributes Attributes { get; } = new();

    /// <summary>The first <c>service.name</c>, as an encoded string.</summary>
    public PooledBuffer ServiceName { get; } = new();

    public WireSlice SchemaUrl { get; private set; }

    /// <summary>Why no record of this resource can be stored; null when they can.</summary>
    public RecordProblem? Problem { get; private set; }

    public void Read(ReadOnlySpan<byte> body, WireSlice resource, WireSlice schemaUrl, AttributeList attributes)
    {
        attributes.Clear();
        var reader = new WireReader(body, resource, OtlpSchema.Resource);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                attributes.Add(body, reader.Slice());
            }
            else
            {
                reader.Skip();
            }
        }

        SchemaUrl = schemaUrl;
        ServiceName.Clear();
        attributes.WriteFirst(body, "service.name"u8, ServiceName);
        Problem = Attributes.Set(attributes, body) ? null : attributes.Problem.In("Resource.attributes");
    }
}
