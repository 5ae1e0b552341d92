namespace AgentObs.Storage.Protocol;

internal enum StatementKind
{
    /// <summary>Answers rows: its result is streamed.</summary>
    Read,

    /// <summary>SHOW, DESCRIBE, EXPLAIN: answers rows too, but the engine does not stream them.</summary>
    Describe,

    /// <summary>INSERT with data behind it: the data is streamed in.</summary>
    InsertData,

    /// <summary>Changes rows or tables and answers little or nothing.</summary>
    Change,
}
