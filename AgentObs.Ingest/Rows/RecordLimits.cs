namespace AgentObs.Ingest.Rows;

/// <summary>
/// Bounds of one record; over them the record is refused and the rest of its request stored. They are far above what agents send
/// (27 attributes, 6 levels, some thousand events): they keep a body of two-byte elements from becoming gigabytes.
/// </summary>
internal static class RecordLimits
{
    /// <summary>Attributes of one list, and keys of the maps inside one attribute.</summary>
    public const int Attributes = 10_000;

    /// <summary>Levels of lists and maps in one value; each costs stack.</summary>
    public const int Depth = 64;

    /// <summary>Events, links or exemplars.</summary>
    public const int Children = 65_536;

    /// <summary>Bytes that a row takes even when all its fields are absent, about: offsets, numbers, empty strings.</summary>
    public const int EmptyRowBytes = 200;
}
