namespace AgentObs.Ingest.Wire;

/// <summary>How a field's value stands on the protobuf wire, and which spelling OTLP/JSON gives it. 64-bit numbers are strings or numbers in JSON.</summary>
internal enum OtlpFieldType
{
    /// <summary>string.</summary>
    Text,

    /// <summary>bytes; base64 in JSON.</summary>
    Bytes,

    /// <summary>A trace or span id: bytes on the wire, hex in OTLP/JSON (not the base64 of plain protobuf JSON).</summary>
    Id,

    /// <summary>bool.</summary>
    Flag,

    /// <summary>int64 as varint.</summary>
    Signed,

    /// <summary>uint32 and uint64 as varint.</summary>
    Unsigned,

    /// <summary>sint32: zigzag varint.</summary>
    Zigzag,

    /// <summary>fixed32.</summary>
    Fixed32,

    /// <summary>fixed64.</summary>
    Fixed64,

    /// <summary>sfixed64.</summary>
    SFixed64,

    /// <summary>double; JSON also has "NaN", "Infinity", "-Infinity".</summary>
    Real,

    /// <summary>An enum: varint on the wire, number or name in JSON.</summary>
    Choice,

    /// <summary>A message of its own.</summary>
    Message,
}
