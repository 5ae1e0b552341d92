using System.Net.Sockets;
using System.Text;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>A client that sends just the bytes it is told to, and when.</summary>
internal sealed class RawConnection : IDisposable
{
    public static readonly byte[] Http2Preface = [.. Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 0, 0, 0, 4, 0, 0, 0, 0, 0];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp);

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection.socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.ASCII.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await socket.SendAsync(bytes, SocketFlags.None, TestContext.Current.CancellationToken);

    /// <summary>All that comes until the other side closes; in Latin-1.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        var received = new List<byte>();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, SocketFlags.None, limit.Token) is var read and > 0)
            {
                received.AddRange(buffer[..read]);
            }
        }
        catch (SocketException)
        {
            // Reset: closed without a word, or in the middle of ours.
        }

        return Encoding.Latin1.GetString([.. received]);
    }

    /// <summary>What comes until that text is in it.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        var received = new StringBuilder();
        var buffer = new byte[4096];
        while (!received.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer, SocketFlags.None, TestContext.Current.CancellationToken);
            Assert.True(read > 0, $"closed after: {received}");
            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return received.ToString();
    }

    public void Dispose() => socket.Dispose();
}
