namespace AgentObs.Ingest;

/// <summary>
/// Every bound of Ingest, by the name under which <c>GET /api/ingest</c> counts it (<c>limits</c>). The bounds of records are far above what
/// agents send (27 attributes, 6 levels, some thousand events): they keep a body of two-byte elements from becoming gigabytes.
/// The memory of all requests together has its bound in <see cref="Writing.WriteLimits"/>.
/// </summary>
internal sealed record IngestLimits
{
    /// <summary>A request, after decompression: 413, RESOURCE_EXHAUSTED.</summary>
    public const int RequestBytes = 16 * 1024 * 1024;

    /// <summary>
    /// Times that a compressed body may grow, once it is over <see cref="CompressionFreeBytes"/>. Recorded bodies grow up to 31 times, points
    /// that differ in nothing but their time 120 times; a bomb 1,000 times: 413, RESOURCE_EXHAUSTED, before it is unpacked.
    /// </summary>
    public const int CompressionRatio = 200;

    /// <summary>Up to this size the ratio is not looked at.</summary>
    public const int CompressionFreeBytes = 1024 * 1024;

    /// <summary>
    /// Rows of one request. A resource is repeated in each of its rows, so a body of 16 MiB could otherwise become terabytes; the agents'
    /// bodies grow 1.5 to 3 times: 413, RESOURCE_EXHAUSTED.
    /// </summary>
    public const long RowBytes = 128L * 1024 * 1024;

    /// <summary>Attributes of one list, and keys of the maps inside one attribute. Over it the record is refused, the rest stored.</summary>
    public const int Attributes = 10_000;

    /// <summary>Bytes of an attribute's key; keys are dictionary words in storage. Over it the record is refused.</summary>
    public const int KeyBytes = 4096;

    /// <summary>Bytes of an attribute's value, or of a log record's body. Over it the record is refused.</summary>
    public const int ValueBytes = 4 * 1024 * 1024;

    /// <summary>Levels of lists and maps in one value; each costs stack. Over it the record is refused.</summary>
    public const int Depth = 64;

    /// <summary>Events, links or exemplars of one record. Over it the record is refused.</summary>
    public const int Children = 65_536;

    /// <summary>Bodies of one signal that wait for the target of forwarding; over it the oldest are dropped and counted there.</summary>
    public const int ForwardBytes = 32 * 1024 * 1024;

    /// <summary>
    /// Connections to both OTLP ports together; the pages' port has none of them. The requests of one more are told to come again (503,
    /// UNAVAILABLE), and it is closed.
    /// </summary>
    public int Connections { get; init; } = 1024;

    /// <summary>Until a new connection's first bytes, and its first request's headers over HTTP/1.1, are there: closed, or 408.</summary>
    public TimeSpan HeaderTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What a body has at first, however little arrives.</summary>
    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After <see cref="BodyGrace"/> a body gets one second more for each so many bytes: 408, DEADLINE_EXCEEDED.</summary>
    public int BodyBytesPerSecond { get; init; } = 2048;

    /// <summary>The longest that any body may take; exporters give up after 10 s by default.</summary>
    public TimeSpan BodyTime { get; init; } = TimeSpan.FromMinutes(5);
}
