using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

namespace AgentObs.AppHost;

/// <summary>
/// What <c>aspire publish</c> leaves out of a compose file: health checks, waiting for them, addresses that are bound on loopback only.
/// </summary>
internal static class ComposeServices
{
    /// <summary>A probe for the images of .NET, which have a bash and neither curl nor wget.</summary>
    internal static string AskHealth(int port) =>
        $"bash -c 'exec 3<>/dev/tcp/127.0.0.1/{port} && printf \"GET /healthz HTTP/1.0\\r\\nHost: 127.0.0.1\\r\\n\\r\\n\" >&3 && head -n 1 <&3 | grep -q \" 200 \"'";

    internal static Service Watch(this Service service, params string[] probe)
    {
        service.Restart = "unless-stopped";
        service.Healthcheck = new Healthcheck
        {
            // One string is a shell's line, several are a program with its arguments: the collector's image has no shell.
            Test = [probe.Length == 1 ? "CMD-SHELL" : "CMD", .. probe],
            Interval = "5s",
            Timeout = "3s",
            Retries = 20,
            StartPeriod = "10s",
        };
        return service;
    }

    internal static Service After(this Service service, string other, string condition)
    {
        service.DependsOn[other] = new ServiceDependency { Condition = condition };
        return service;
    }

    /// <param name="service">A service that is asked from outside the containers' network.</param>
    /// <param name="ports">Host address, host port, container port: all of them, in place of what was there.</param>
    internal static Service On(this Service service, params string[] ports)
    {
        service.Ports = [.. ports];
        return service;
    }

    internal static Service Set(this Service service, string variable, string value) => service.AddEnvironmentalVariable(variable, value);
}
