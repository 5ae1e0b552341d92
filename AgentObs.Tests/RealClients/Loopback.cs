using System.Net.NetworkInformation;

namespace AgentObs.Tests.RealClients;

/// <summary>The network of this process and of all that it starts.</summary>
internal static class Loopback
{
    /// <summary>Nothing can leave the machine where there is no other interface, and no route but loopback's.</summary>
    public static void AssertAlone()
    {
        var interfaces = NetworkInterface.GetAllNetworkInterfaces();
        Assert.True(
            interfaces is [{ NetworkInterfaceType: NetworkInterfaceType.Loopback }],
            $"real clients run only where there is no network but lo: make real-clients. Here: {string.Join(", ", interfaces.Select(one => one.Name))}");
        // Of IPv4's routing table: a line of titles, and no route at all. IPv6 routes to lo stand in a file of their own.
        Assert.Single(File.ReadAllLines("/proc/net/route"));
        Assert.All(File.ReadAllLines("/proc/net/ipv6_route"), route => Assert.EndsWith(" lo", route.TrimEnd(), StringComparison.Ordinal));
    }
}
