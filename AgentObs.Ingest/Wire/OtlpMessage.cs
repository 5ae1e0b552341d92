namespace AgentObs.Ingest.Wire;

/// <summary>One OTLP message: its fields by number (protobuf) and by name (JSON).</summary>
internal sealed class OtlpMessage(string name)
{
    private OtlpField?[] byNumber = [];

    /// <summary>The proto file's name: <c>Span</c>.</summary>
    public string Name { get; } = name;

    public IReadOnlyList<OtlpField> Fields { get; private set; } = [];

    public OtlpField? Find(int number) => (uint)number < (uint)byNumber.Length ? byNumber[number] : null;

    /// <summary>Finds a field by its JSON spelling, lowerCamelCase or snake_case.</summary>
    public OtlpField? Find(ReadOnlySpan<byte> nameUtf8)
    {
        foreach (var field in Fields)
        {
            if (nameUtf8.SequenceEqual(field.JsonNameUtf8) || nameUtf8.SequenceEqual(field.NameUtf8))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>Messages refer to each other and to themselves (AnyValue), so fields come after construction.</summary>
    internal void Define(params OtlpField[] fields)
    {
        Fields = fields;
        byNumber = new OtlpField?[fields.Max(f => f.Number) + 1];
        foreach (var field in fields)
        {
            byNumber[field.Number] = field;
        }
    }
}
