using System.Net;
using Microsoft.AspNetCore.Http;

namespace AgentObs.ServiceDefaults;

/// <summary>Names of this machine that never leave it.</summary>
public static class LoopbackHost
{
    /// <summary><c>localhost</c>, <c>*.localhost</c> (RFC 6761), <c>127.0.0.0/8</c>, <c>[::1]</c>; without the port.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>The name in a Host header, without port: <c>[::1]:5317</c> is <c>[::1]</c>.</summary>
    public static string NameOf(HostString host) => host.HasValue ? host.Host : "";
}
