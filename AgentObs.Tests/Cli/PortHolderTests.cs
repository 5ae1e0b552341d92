using System.Net;
using System.Net.Sockets;
using AgentObs.Cli.Serving;

namespace AgentObs.Tests.Cli;

public sealed class PortHolderTests
{
    [Fact]
    public void The_holder_of_a_port_is_found()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var holder = PortHolders.Find(((IPEndPoint)listener.LocalEndpoint).Port);

        Assert.Equal(Environment.ProcessId, holder?.Pid);
        Assert.False(holder?.IsAgentObs);
    }
}
