using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AgentObs.Ingest.Otlp;

/// <summary>
/// Makes each OTLP port serve gRPC and HTTP/1: clients send one protocol to the other's port, because OTEL_EXPORTER_OTLP_ENDPOINT overrides
/// their endpoint and not their protocol. Kestrel decides by the listener (cleartext Http1AndHttp2 serves HTTP/1 only), so one listener is
/// made for each and a connection is handed to the one its first bytes ask for: HTTP/2 begins with <c>PRI * HTTP/2.0</c>.
/// </summary>
internal sealed class ProtocolSwitch
{
    /// <summary>A connection that has not said its first words by then is closed.</summary>
    private static readonly TimeSpan FirstBytesTimeout = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource<ConnectionDelegate> http1 = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ConnectionDelegate> http2 = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static ReadOnlySpan<byte> Http2Preface => "PRI * HTTP/2.0"u8;

    public void ServeHttp1(ListenOptions listen) => Serve(listen, HttpProtocols.Http1, http1);

    public void ServeHttp2(ListenOptions listen) => Serve(listen, HttpProtocols.Http2, http2);

    private void Serve(ListenOptions listen, HttpProtocols protocols, TaskCompletionSource<ConnectionDelegate> pipeline)
    {
        listen.Protocols = protocols;
        listen.Use(next =>
        {
            pipeline.TrySetResult(next);
            return ConnectAsync;
        });
    }

    private async Task ConnectAsync(ConnectionContext connection)
    {
        ConnectionDelegate next;
        try
        {
            var pipeline = await IsHttp2Async(connection) ? http2 : http1;
            next = await pipeline.Task.WaitAsync(connection.ConnectionClosed);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Gone, or silent, before its first words: a port scan, a check that only connects. Thrown out of here it would be logged as an error.
            connection.Abort(new ConnectionAbortedException("No first bytes."));
            return;
        }

        await next(connection);
    }

    private static async Task<bool> IsHttp2Async(ConnectionContext connection)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        timeout.CancelAfter(FirstBytesTimeout);
        var input = connection.Transport.Input;
        while (true)
        {
            var result = await input.ReadAsync(timeout.Token);
            var isHttp2 = Decide(result.Buffer);
            if (isHttp2 is not null || result.IsCompleted)
            {
                input.AdvanceTo(result.Buffer.Start);
                return isHttp2 ?? false;
            }

            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Null while the bytes can still become either.</summary>
    private static bool? Decide(ReadOnlySequence<byte> received)
    {
        Span<byte> first = stackalloc byte[Http2Preface.Length];
        var length = (int)Math.Min(received.Length, first.Length);
        received.Slice(0, length).CopyTo(first);
        return !Http2Preface.StartsWith(first[..length]) ? false : length == Http2Preface.Length ? true : null;
    }
}
