namespace AgentObs.Ingest.Writing;

/// <summary>One insert, one commit: <c>ClickHouseStore.InsertNativeAsync</c>.</summary>
/// <param name="table">The table.</param>
/// <param name="columns">Names in the order of the block's columns.</param>
/// <param name="writeBody">Writes Native blocks of revision 0.</param>
/// <param name="cancellation">Ends the insert.</param>
internal delegate Task NativeInsert(
    string table, IReadOnlyList<string> columns, Func<Stream, CancellationToken, Task> writeBody, CancellationToken cancellation);
