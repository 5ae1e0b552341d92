using System.Net;
using System.Net.Http.Headers;

namespace AgentObs.Storage;

/// <summary>A request body that its writer pushes, of unknown length.</summary>
internal sealed class PushContent : HttpContent
{
    private readonly Func<Stream, CancellationToken, Task> write;
    private readonly CancellationToken callerToken;

    internal PushContent(Func<Stream, CancellationToken, Task> write, CancellationToken callerToken)
    {
        this.write = write;
        this.callerToken = callerToken;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    /// <summary>
    /// What the writer threw of its own; null where only the transport failed, which the writer sees as an <see cref="IOException"/>.
    /// </summary>
    internal Exception? Failure { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(callerToken, cancellationToken);
        try
        {
            await write(stream, either.Token);
        }
        catch (Exception e) when (e is not (IOException or OperationCanceledException))
        {
            Failure = e;
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
