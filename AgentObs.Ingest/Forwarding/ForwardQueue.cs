using System.Threading.Channels;

namespace AgentObs.Ingest.Forwarding;

/// <summary>Bodies of one signal that wait for the target. Over its bound the oldest go: what an agent does at this moment is looked at first.</summary>
internal sealed class ForwardQueue(int limitBytes)
{
    /// <summary>Several bodies laid end to end are one message. gRPC receivers take 4 MiB by default.</summary>
    private const int TogetherBytes = 2 * 1024 * 1024;

    /// <summary>Of a body beside its bytes: the smallest are counted as what they take.</summary>
    private const int Overhead = 64;

    private readonly Lock gate = new();
    private readonly Queue<byte[]> bodies = [];
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long bytes;

    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return bytes;
            }
        }
    }

    /// <returns>How many bodies went for it.</returns>
    public int Add(byte[] body)
    {
        var dropped = 0;
        lock (gate)
        {
            while (bodies.Count > 0 && bytes + body.Length + Overhead > limitBytes)
            {
                bytes -= bodies.Dequeue().Length + Overhead;
                dropped++;
            }

            bodies.Enqueue(body);
            bytes += body.Length + Overhead;
        }

        wake.Writer.TryWrite(true);
        return dropped;
    }

    /// <summary>Waits for bodies, and takes the oldest together.</summary>
    /// <returns>Bodies for one message; none when the queue is empty and <paramref name="ended"/>.</returns>
    public async Task<IReadOnlyList<byte[]>> TakeAsync(CancellationToken ended)
    {
        while (true)
        {
            if (Take() is { Count: > 0 } taken)
            {
                return taken;
            }

            if (ended.IsCancellationRequested)
            {
                return [];
            }

            try
            {
                await wake.Reader.ReadAsync(ended);
            }
            catch (OperationCanceledException)
            {
                // One more look: what came before the end is sent.
            }
        }
    }

    private List<byte[]> Take()
    {
        List<byte[]> taken = [];
        lock (gate)
        {
            var size = 0;
            while (bodies.TryPeek(out var next) && (taken.Count == 0 || size + next.Length <= TogetherBytes))
            {
                taken.Add(bodies.Dequeue());
                size += next.Length;
                bytes -= next.Length + Overhead;
            }
        }

        return taken;
    }
}
