using System.Net;
using System.Net.Sockets;

namespace AgentObs.Benchmarks.Forwarding;

/// <summary>Takes connections, reads nothing, answers nothing.</summary>
internal sealed class BlackHole : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> taken = [];

    public BlackHole()
    {
        listener.Start();
        _ = TakeAsync();
    }

    public Uri Url => UrlOf(listener);

    /// <summary>An address where nobody listens.</summary>
    public static Uri Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return UrlOf(listener);
    }

    public void Dispose()
    {
        listener.Dispose();
        taken.ForEach(socket => socket.Dispose());
    }

    private static Uri UrlOf(TcpListener listener) => new($"http://{listener.LocalEndpoint}");

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                taken.Add(await listener.AcceptSocketAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The end of the benchmark.
        }
    }
}
