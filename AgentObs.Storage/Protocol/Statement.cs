namespace AgentObs.Storage.Protocol;

/// <summary>A statement as the engine takes it.</summary>
/// <param name="Kind">How it is run.</param>
/// <param name="Sql">The text; of an insert with data without its FORMAT clause.</param>
/// <param name="InputFormat">The format of an insert's data; empty for all else.</param>
/// <param name="Head">The first bytes of an insert's data: those that came in the same buffer as the statement.</param>
/// <param name="Body">The rest of the data.</param>
internal sealed record Statement(StatementKind Kind, string Sql, string InputFormat, ReadOnlyMemory<byte> Head, Stream Body);
