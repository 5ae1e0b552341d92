using System.Net;
using System.Net.Sockets;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary>A port that nobody listens on and nobody else gets: bound, never listened to.</summary>
internal sealed class FreePort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public FreePort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_socket.LocalEndPoint!).Port}";

    public void Dispose() => _socket.Dispose();
}
