using AgentObs.Storage.Embedded;

namespace AgentObs.Storage.Protocol;

/// <summary>Runs a request of the protocol on the embedded engine.</summary>
/// <param name="engine">The engine.</param>
/// <param name="changes">Told of every commit.</param>
internal sealed class StatementRunner(EmbeddedEngine engine, StorageChanges changes)
{
    private const int AppendBytes = 256 << 10;

    /// <summary>Inserts pass here before they take a connection, so that those which wait hold none.</summary>
    internal InsertGate Inserts { get; } = new();

    /// <exception cref="ProtocolException">The request is refused.</exception>
    /// <exception cref="EngineException">The statement failed; nothing of a result has been given out.</exception>
    internal async Task<StatementReply> RunAsync(ClickHouseRequest request, CancellationToken cancellation)
    {
        var statement = await StatementReader.ReadAsync(request, cancellation);
        var format = ResultFormat.Of(statement.Sql, request.DefaultFormat);
        using var turn = statement.Kind == StatementKind.InsertData ? await Inserts.EnterAsync(cancellation) : null;
        var pool = statement.Kind is StatementKind.Read or StatementKind.Describe ? engine.ReaderPool : engine.WriterPool;
        var lease = await WorkerLease.TakeAsync(engine, pool, request, cancellation);
        var isLent = false;
        try
        {
            switch (statement.Kind)
            {
                case StatementKind.InsertData:
                    return await InsertAsync(lease, statement, request, cancellation);
                case StatementKind.Read when ResultFormat.CanStream(format):
                    var result = await ResultStream.OpenAsync(lease, statement.Sql, format, request.Parameters, cancellation);
                    isLent = !result.IsComplete;
                    return new StatementReply(result.Format, result);
                default:
                    return await ExecuteAsync(lease, statement, format, request, cancellation);
            }
        }
        finally
        {
            if (!isLent)
            {
                await lease.ReturnAsync();
            }
        }
    }

    private async Task<StatementReply> ExecuteAsync(
        WorkerLease lease, Statement statement, string format, ClickHouseRequest request, CancellationToken cancellation)
    {
        var result = await lease.RunAsync(connection => connection.Execute(statement.Sql, format, request.Parameters), cancellation);
        if (statement.Kind == StatementKind.Change)
        {
            changes.Bump();
        }

        return new StatementReply(format, ResultStream.Whole(format, result), Chdb.RowsRead(result), Chdb.RowsWritten(result));
    }

    /// <summary>The data goes in as it comes; the answer is given after the commit. A body that breaks off commits nothing.</summary>
    private async Task<StatementReply> InsertAsync(
        WorkerLease lease, Statement statement, ClickHouseRequest request, CancellationToken cancellation)
    {
        var insert = await lease.RunAsync(c => c.BeginInsert(statement.Sql, statement.InputFormat, request.Parameters), cancellation);
        try
        {
            var head = statement.Head;
            if (!head.IsEmpty)
            {
                await lease.RunAsync(_ => EngineConnection.Append(insert, head.Span), cancellation);
            }

            var buffer = new byte[AppendBytes];
            for (int read; (read = await FillAsync(statement.Body, buffer, cancellation)) > 0;)
            {
                await lease.RunAsync(_ => EngineConnection.Append(insert, buffer.AsSpan(0, read)), cancellation);
            }

            ulong written;

            // Not cancelled any more: whether it was committed would be unknown.
            using (var result = await lease.RunAsync(_ => EngineConnection.Commit(insert), CancellationToken.None))
            {
                written = Chdb.RowsWritten(result);
            }

            changes.Bump();
            return new StatementReply(statement.InputFormat, Stream.Null, RowsWritten: written);
        }
        finally
        {
            await lease.CloseAsync(insert);
        }
    }

    private static async Task<int> FillAsync(Stream from, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await from.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        }
        catch (InvalidDataException e)
        {
            throw ProtocolException.BadRequest($"the body cannot be decompressed: {e.Message}");
        }
    }
}
