using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AgentObs.Ingest.Otlp;

/// <summary>
/// Makes each OTLP port serve gRPC and HTTP/1: clients send one protocol to the other's port, because OTEL_EXPORTER_OTLP_ENDPOINT overrides
/// their endpoint and not their protocol. Kestrel decides by the listener (cleartext Http1AndHttp2 serves HTTP/1 only), so one listener is
/// made for each and a connection is handed to the one its first bytes ask for: HTTP/2 begins with <c>PRI * HTTP/2.0</c>.
/// It bounds the connections too, because Kestrel has one bound for all ports of a process, and the pages must stay open.
/// </summary>
internal sealed class ProtocolSwitch(IngestLimits limits, IngestCounters counters)
{
    private static readonly object TurnedAway = new();

    /// <summary>Connections over the limit that are told why; what comes beyond is closed without a word.</summary>
    private const int TurnedAwayAtOnce = 64;

    /// <summary>Over it Kestrel says what it thinks of the headers.</summary>
    private const int MaxHeaderBytes = 32 * 1024;

    private static readonly TimeSpan TurnedAwayPatience = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource<ConnectionDelegate> http1 = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ConnectionDelegate> http2 = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int open;
    private int turnedAway;

    /// <summary>Connections of both ports.</summary>
    public int Open => Math.Max(0, Volatile.Read(ref open));

    private static ReadOnlySpan<byte> Http2Preface => "PRI * HTTP/2.0"u8;

    /// <summary>Whether the request's connection is one over the limit.</summary>
    public static bool IsTurnedAway(HttpContext context) => context.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(TurnedAway) == true;

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
        try
        {
            await (Interlocked.Increment(ref open) <= limits.Connections ? ServeAsync(connection) : TurnAwayAsync(connection));
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    private async Task ServeAsync(ConnectionContext connection)
    {
        ConnectionDelegate next;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        timeout.CancelAfter(limits.HeaderTime);
        try
        {
            var isHttp2 = await IsHttp2Async(connection, timeout.Token);
            if (!isHttp2)
            {
                await WaitForHeadersAsync(connection, timeout.Token);
            }

            next = await (isHttp2 ? http2 : http1).Task.WaitAsync(connection.ConnectionClosed);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            if (!connection.ConnectionClosed.IsCancellationRequested && timeout.IsCancellationRequested)
            {
                counters.Met(nameof(IngestLimits.HeaderTime));
                await AnswerAsync(connection, Http1(408, "Request Timeout", $"The request's headers did not come within {limits.HeaderTime.TotalSeconds} s."));
                return;
            }

            // Gone before its first words: a port scan, a check that only connects. Thrown out of here it would be logged as an error.
            connection.Abort(new ConnectionAbortedException("No first bytes."));
            return;
        }

        await next(connection);
    }

    /// <summary>Its requests are answered with "come again" (<see cref="IsTurnedAway"/>), and soon it is closed.</summary>
    private async Task TurnAwayAsync(ConnectionContext connection)
    {
        counters.Met(nameof(IngestLimits.Connections));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        timeout.CancelAfter(TurnedAwayPatience);
        await using var end = timeout.Token.Register(() => connection.Abort(new ConnectionAbortedException("Too many connections.")));
        try
        {
            if (Interlocked.Increment(ref turnedAway) <= TurnedAwayAtOnce)
            {
                connection.Items[TurnedAway] = true;
                await (await (await IsHttp2Async(connection, timeout.Token) ? http2 : http1).Task)(connection);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // It has not asked for anything, or has gone.
        }
        finally
        {
            Interlocked.Decrement(ref turnedAway);
        }
    }

    private static async Task AnswerAsync(ConnectionContext connection, byte[] answer)
    {
        try
        {
            await connection.Transport.Output.WriteAsync(answer);
            await connection.Transport.Output.CompleteAsync();
        }
        catch (IOException)
        {
            // Gone meanwhile.
        }
    }

    private static byte[] Http1(int status, string reason, string text) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {status} {reason}\r\nContent-Type: text/plain\r\nContent-Length: {text.Length + 1}\r\nConnection: close\r\n\r\n{text}\n");

    private static async Task<bool> IsHttp2Async(ConnectionContext connection, CancellationToken timeout)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            var result = await input.ReadAsync(timeout);
            var isHttp2 = Decide(result.Buffer);
            if (isHttp2 is not null || result.IsCompleted)
            {
                input.AdvanceTo(result.Buffer.Start);
                return isHttp2 ?? false;
            }

            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Until the empty line after the first request's headers.</summary>
    private static async Task WaitForHeadersAsync(ConnectionContext connection, CancellationToken timeout)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            var result = await input.ReadAsync(timeout);
            if (result.IsCompleted || result.Buffer.Length > MaxHeaderBytes || HasEmptyLine(result.Buffer))
            {
                input.AdvanceTo(result.Buffer.Start);
                return;
            }

            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static bool HasEmptyLine(ReadOnlySequence<byte> received)
    {
        var reader = new SequenceReader<byte>(received);
        return reader.TryReadTo(out ReadOnlySequence<byte> _, "\n\r\n"u8) || new SequenceReader<byte>(received).TryReadTo(out ReadOnlySequence<byte> _, "\n\n"u8);
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
