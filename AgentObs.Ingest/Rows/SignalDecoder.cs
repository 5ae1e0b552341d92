using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>
/// Decodes an Export request into rows. The three signals share their outer shape: request {1: resource group*}, resource group
/// {1: resource, 2: scope group*, 3: schema url}, scope group {1: scope, 2: record*, 3: schema url}. A group is walked twice, because
/// protobuf does not promise that the resource or scope stands before its records. Reused from request to request; not thread-safe.
/// </summary>
internal abstract class SignalDecoder
{
    /// <summary>Bytes that a row takes even when all its fields are absent, about: offsets, numbers, empty strings.</summary>
    private const int EmptyRowBytes = 200;

    private readonly OtlpMessage request;
    private readonly OtlpMessage resourceGroup;
    private readonly OtlpMessage scopeGroup;

    protected SignalDecoder(OtlpMessage request)
    {
        this.request = request;
        resourceGroup = request.Find(1)!.Message!;
        scopeGroup = resourceGroup.Find(2)!.Message!;
        Attributes = new AttributeList(Text);
    }

    protected ValueText Text { get; } = new();

    protected AttributeList Attributes { get; }

    protected ResourceContext Resource { get; } = new();

    protected ScopeContext Scope { get; } = new();

    /// <summary>Set where no record under the present resource and scope can be stored.</summary>
    protected RecordProblem? ContextProblem => Resource.Problem ?? Scope.Problem;

    /// <exception cref="OtlpFormatException">The body is not an OTLP message; the batch must be thrown away.</exception>
    /// <exception cref="OtlpTooLargeException">The rows are over <see cref="IngestLimits.RowBytes"/>; likewise.</exception>
    public void Decode(ReadOnlySpan<byte> body, RowBatch batch)
    {
        var reader = new WireReader(body, new WireSlice(0, body.Length), request);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                ReadResourceGroup(body, reader.Slice(), batch);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    protected abstract void ReadRecord(ReadOnlySpan<byte> body, WireSlice record, RowBatch batch);

    /// <summary>Counts a row against the request's limit.</summary>
    protected void Charge(RowBatch batch, int recordBytes) => batch.Charge(
        EmptyRowBytes + recordBytes + Resource.Attributes.Keys.Length + Resource.Attributes.Values.Length + Scope.Attributes.Keys.Length + Scope.Attributes.Values.Length
        + Resource.ServiceName.Length + Resource.SchemaUrl.Length + Scope.Name.Length + Scope.Version.Length + Scope.SchemaUrl.Length);

    private void ReadResourceGroup(ReadOnlySpan<byte> body, WireSlice group, RowBatch batch)
    {
        var (resource, schemaUrl) = ReadHead(body, group, resourceGroup);
        Resource.Read(body, resource, schemaUrl, Attributes);
        var reader = new WireReader(body, group, resourceGroup);
        while (reader.Next())
        {
            if (reader.Field == 2)
            {
                ReadScopeGroup(body, reader.Slice(), batch);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadScopeGroup(ReadOnlySpan<byte> body, WireSlice group, RowBatch batch)
    {
        var (scope, schemaUrl) = ReadHead(body, group, scopeGroup);
        Scope.Read(body, scope, schemaUrl, Attributes);
        var reader = new WireReader(body, group, scopeGroup);
        while (reader.Next())
        {
            if (reader.Field == 2)
            {
                ReadRecord(body, reader.Slice(), batch);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static (WireSlice Subject, WireSlice SchemaUrl) ReadHead(ReadOnlySpan<byte> body, WireSlice group, OtlpMessage message)
    {
        WireSlice subject = default, schemaUrl = default;
        var reader = new WireReader(body, group, message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    subject = reader.Slice();
                    break;
                case 3:
                    schemaUrl = reader.Slice();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (subject, schemaUrl);
    }
}
