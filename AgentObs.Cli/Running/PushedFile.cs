using System.Net;

namespace AgentObs.Cli.Running;

/// <summary>A request's body that is written as it is sent.</summary>
internal sealed class PushedFile(Func<Stream, Task> write) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = Headers.ContentLength ?? 0;
        return Headers.ContentLength is not null;
    }
}
