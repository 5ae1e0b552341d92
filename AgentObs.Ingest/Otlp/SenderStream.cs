using System.Globalization;

namespace AgentObs.Ingest.Otlp;

/// <summary>
/// What a client sends, while it keeps to the pace of <see cref="IngestLimits"/>: over it reading ends with a refusal. Each request has its
/// own clock, so a slow one does not cost the others of its connection.
/// </summary>
internal sealed class SenderStream : Stream
{
    private readonly Stream inner;
    private readonly IngestLimits limits;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource clock;
    private readonly CancellationToken gone;
    private readonly long began;

    public SenderStream(Stream inner, IngestLimits limits, TimeProvider time, CancellationToken gone)
    {
        (this.inner, this.limits, this.time, this.gone) = (inner, limits, time, gone);
        began = time.GetTimestamp();
        clock = new CancellationTokenSource(limits.BodyGrace, time);
    }

    /// <summary>Bytes received, as they came.</summary>
    public long Total { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Total; set => throw new NotSupportedException(); }

    /// <exception cref="OtlpRefusal">Too slow.</exception>
    /// <exception cref="OperationCanceledException">The sender has gone.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var pending = inner.ReadAsync(buffer, clock.Token);
        if (pending.IsCompletedSuccessfully)
        {
            return Count(pending.Result);
        }

        try
        {
            return Count(await pending);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            throw new OtlpRefusal(
                OtlpOutcome.TooSlow,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Total} bytes of the body came in {time.GetElapsedTime(began).TotalSeconds:F1} s: it must bring {limits.BodyBytesPerSecond} bytes a second and end within {limits.BodyTime.TotalSeconds} s"),
                nameof(IngestLimits.BodyBytesPerSecond));
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        clock.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        Total += read;
        if (read > 0)
        {
            var allowed = limits.BodyGrace + TimeSpan.FromSeconds((double)Total / limits.BodyBytesPerSecond);
            var left = (allowed < limits.BodyTime ? allowed : limits.BodyTime) - time.GetElapsedTime(began);
            clock.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        return read;
    }
}
