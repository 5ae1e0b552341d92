using AgentObs.Storage.Embedded;

namespace AgentObs.Storage.Protocol;

/// <summary>
/// A result as a stream that the reader pulls: a chunk is computed when the one before it is read, so memory stays at two chunks whatever
/// the result's size. A failure after the first chunk breaks the stream off with an <see cref="IOException"/>, as a broken connection
/// would.
/// </summary>
internal sealed class ResultStream : Stream
{
    private readonly WorkerLease? lease;
    private readonly ResultHandle? stream;
    private readonly Queue<ResultHandle> chunks = new();
    private int offset;
    private bool isFirst;

    private ResultStream(string format, WorkerLease? lease, Opened opened)
    {
        Format = format;
        foreach (var chunk in opened.Chunks)
        {
            chunks.Enqueue(chunk);
        }

        IsComplete = opened.Stream is null;
        this.lease = IsComplete ? null : lease;
        stream = opened.Stream;
        isFirst = true;
    }

    /// <summary>A reader that was neither read to its end nor disposed would hold one of the engine's few workers for ever.</summary>
    ~ResultStream() => Dispose(disposing: true);

    internal string Format { get; }

    /// <summary>Everything has been computed; the worker is not needed any more.</summary>
    internal bool IsComplete { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>
    /// Starts the statement and computes its first two chunks: an error comes before anything was answered, and a small result is done.
    /// </summary>
    internal static async Task<ResultStream> OpenAsync(
        WorkerLease lease, string sql, string format, IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken cancellation)
    {
        var opened = await lease.RunAsync(
            connection =>
            {
                var stream = connection.Stream(sql, format, parameters);
                var chunks = new List<ResultHandle>();
                try
                {
                    while (chunks.Count < 2)
                    {
                        if (connection.Fetch(stream) is not { } chunk)
                        {
                            stream.Dispose();
                            return new Opened(null, chunks);
                        }

                        chunks.Add(chunk);
                    }

                    return new Opened(stream, chunks);
                }
                catch
                {
                    // Before its connection, which is dropped now.
                    stream.Dispose();
                    chunks.ForEach(chunk => chunk.Dispose());
                    throw;
                }
            },
            cancellation);
        return new ResultStream(format, lease, opened);
    }

    /// <summary>A result that is there already.</summary>
    internal static ResultStream Whole(string format, ResultHandle result) => new(format, null, new Opened(null, [result]));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (chunks.TryPeek(out var chunk))
            {
                var left = chunk.Bytes[offset..];
                if (!left.IsEmpty || buffer.IsEmpty)
                {
                    var count = Math.Min(left.Length, buffer.Length);
                    left[..count].CopyTo(buffer.Span);
                    offset += count;
                    return count;
                }

                chunks.Dequeue().Dispose();
                isFirst = false;
                StartChunk();
            }
            else if (IsComplete || !await FetchAsync(cancellationToken))
            {
                return 0;
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Blocks the caller on the engine's thread; asynchronous readers do not come here.</summary>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await EndAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // The worker ends the statement by itself; nobody needs to wait for it.
            _ = EndAsync();
        }

        base.Dispose(disposing);
    }

    private void StartChunk() => offset = isFirst || !chunks.TryPeek(out var chunk) ? 0 : ResultFormat.RepeatedHeader(Format, chunk.Bytes);

    private async Task<bool> FetchAsync(CancellationToken cancellation)
    {
        try
        {
            var next = await lease!.RunAsync(
                connection =>
                {
                    try
                    {
                        if (connection.Fetch(stream!) is { } chunk)
                        {
                            return chunk;
                        }

                        stream!.Dispose();
                        return null;
                    }
                    catch
                    {
                        stream!.Dispose();
                        throw;
                    }
                },
                cancellation);
            if (next is not null)
            {
                chunks.Enqueue(next);
                StartChunk();
                return true;
            }

            IsComplete = true;
            await lease!.ReturnAsync();
            return false;
        }
        catch (EngineException e)
        {
            IsComplete = true;
            await lease!.ReturnAsync();
            throw new IOException($"The result broke off: {e.Message}", e);
        }
    }

    private async Task EndAsync()
    {
        while (chunks.TryDequeue(out var chunk))
        {
            chunk.Dispose();
        }

        if (IsComplete)
        {
            return;
        }

        IsComplete = true;
        await lease!.CloseAsync(stream!);
        await lease.ReturnAsync();
    }

    private sealed record Opened(ResultHandle? Stream, List<ResultHandle> Chunks) : IDisposable
    {
        public void Dispose()
        {
            Chunks.ForEach(chunk => chunk.Dispose());
            Stream?.Dispose();
        }
    }
}
