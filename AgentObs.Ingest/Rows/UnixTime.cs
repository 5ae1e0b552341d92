namespace AgentObs.Ingest.Rows;

/// <summary>The times of the wire (fixed64, nanoseconds since 1970) as DateTime64(9) holds them.</summary>
internal static class UnixTime
{
    /// <summary>One before DateTime64's last, from where lists are paged backwards.</summary>
    internal const ulong Last = long.MaxValue - 1;

    /// <summary>
    /// What lies after DateTime64's last moments (2262-04-11) becomes <see cref="Last"/>. As its bits stand it would be a time before 1970, which the
    /// engine's compiled min and max take for the latest of all, and an end behind the last moment overflows in the views that every insert feeds.
    /// </summary>
    public static ulong Storable(ulong unixNano) => Math.Min(unixNano, Last);
}
