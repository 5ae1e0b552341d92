using System.Net;
using System.Net.Sockets;
using AgentObs.Conventions;
using AgentObs.ServiceDefaults;

namespace AgentObs.Cli.Serving;

/// <summary>An address to listen on, from a setting like <c>AGENTOBS_WEB_URL=http://127.0.0.1:5317</c>.</summary>
internal sealed record ListenAddress(Setting Setting, Uri Url)
{
    public bool IsLoopback => LoopbackHost.IsLoopback(Url.Host);

    public int Port => Url.Port;

    /// <summary>Where to bind: <c>localhost</c> is 127.0.0.1 and ::1, with port 0 only the first (two free ports would differ).</summary>
    public IReadOnlyList<IPEndPoint> EndPoints => Url.Host switch
    {
        "localhost" when Port != 0 && Socket.OSSupportsIPv6 => [new(IPAddress.Loopback, Port), new(IPAddress.IPv6Loopback, Port)],
        "localhost" => [new(IPAddress.Loopback, Port)],
        var host => [new(IPAddress.Parse(host.Trim('[', ']')), Port)],
    };

    /// <summary>
    /// The address for a client on this machine, with the port that was bound: a wildcard cannot be connected to everywhere.
    /// </summary>
    public Uri ReachableAt(int port)
    {
        var host = Url.Host switch
        {
            "0.0.0.0" => "127.0.0.1",
            "[::]" => "[::1]",
            var other => other,
        };
        return new UriBuilder(Url.Scheme, host, port).Uri;
    }

    /// <summary>
    /// Reads the setting; adds a line to <paramref name="errors"/> and answers null where its value is no address to listen on.
    /// </summary>
    public static ListenAddress? Read(Setting setting, Func<string, string?> configuration, List<string> errors)
    {
        var text = setting.Read(configuration);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            errors.Add($"{setting.Variable} is '{text}', which is no address. Set it like {setting.Default}.");
        }
        else if (url.Scheme != Uri.UriSchemeHttp)
        {
            errors.Add($"{setting.Variable} is '{text}': AgentObs listens for http only. "
                + $"Set it like {setting.Default}, and put a proxy before it for TLS.");
        }
        else if (url.PathAndQuery != "/" || url.UserInfo.Length > 0)
        {
            errors.Add($"{setting.Variable} is '{text}': only scheme, host and port can be set, like {setting.Default}.");
        }
        else if (url.Host != "localhost" && url.HostNameType is not (UriHostNameType.IPv4 or UriHostNameType.IPv6))
        {
            errors.Add($"{setting.Variable} is '{text}': '{url.Host}' is a name. "
                + "Set an IP address of this machine, localhost, or 0.0.0.0 for all of them.");
        }
        else
        {
            return new ListenAddress(setting, url);
        }

        return null;
    }
}
