namespace AgentObs.Ingest.Otlp;

/// <summary>What became of a request, and by that its status over gRPC and HTTP (see <see cref="OtlpStatus"/>).</summary>
internal enum OtlpOutcome
{
    /// <summary>Stored, perhaps without some records: INVALID_ARGUMENT is not for those, partial_success is.</summary>
    Stored,

    /// <summary>Not an OTLP body. Nothing is stored; sending it again is of no use.</summary>
    Undecodable,

    /// <summary>Over the size limit.</summary>
    TooLarge,

    /// <summary>The body comes too slowly.</summary>
    TooSlow,

    /// <summary>A foreign Host or Origin, or no token.</summary>
    NotAllowed,

    /// <summary>A Content-Type or Content-Encoding that is not OTLP's.</summary>
    UnsupportedMediaType,

    /// <summary>The queue is full: nothing is stored; the sender tries again.</summary>
    Overloaded,

    /// <summary>Storage failed; the sender tries again.</summary>
    Unavailable,

    /// <summary>Storage takes everything but this request; sending it again is of no use.</summary>
    Poisoned,
}
