namespace AgentObs.Ingest.Writing;

internal enum WriteOutcome
{
    /// <summary>Every table of the request has committed.</summary>
    Committed,

    /// <summary>The queue is full, or the program is stopping: nothing was stored; sent again later it will be.</summary>
    Overloaded,

    /// <summary>Storage failed, for every request alike: sent again later it may be stored. Some of its tables may have committed.</summary>
    Unavailable,

    /// <summary>Storage takes other requests but not this one: sending it again is of no use.</summary>
    Poisoned,
}
