using System.Net;
using System.Net.Sockets;
using AgentObs.Conventions;

namespace AgentObs.Cli.Serving;

/// <summary>Says which of the addresses are taken, by whom, and the command that goes round it.</summary>
internal static class TakenPorts
{
    /// <exception cref="CommandException">An address cannot be bound.</exception>
    public static void Refuse(ServeSettings settings)
    {
        var taken = settings.Addresses
            .Where(address => address.EndPoints.Any(endPoint => BindError(endPoint) is SocketError.AddressAlreadyInUse))
            .ToList();
        if (taken.Count > 0)
        {
            throw Explain(settings, taken);
        }

        foreach (var address in settings.Addresses)
        {
            if (BindError(address.EndPoints[0]) is { } error)
            {
                throw CommandException.Failed(
                    $"{address.Url.Authority} ({address.Setting.Variable}) cannot be listened on: {error}.",
                    $"{address.Setting.Variable}=http://127.0.0.1:0 {Invocation.Of("serve")}");
            }
        }
    }

    private static CommandException Explain(ServeSettings settings, List<ListenAddress> taken)
    {
        var holders = taken.ToDictionary(address => address, address => PortHolders.Find(address.Port));
        var lines = taken.Select(address =>
            $"{address.Url.Authority} ({address.Setting.Variable}) is taken by {Describe(holders[address], settings)}.");
        var another = holders.Values.FirstOrDefault(holder => holder is { IsAgentObs: true });
        var variables = string.Join(' ', taken.Select(address => $"{address.Setting.Variable}=http://127.0.0.1:0"));

        // The running one holds its data folder too, so a second one needs a folder of its own.
        var data = another is null ? "" : $"{Setting.Data.Variable}={settings.DataFolder}-2 ";
        return CommandException.Failed(
            string.Join(Environment.NewLine + "agentobs: ", lines),
            $"{data}{variables} {Invocation.Of("serve")}   (port 0: a free one, printed at start)");
    }

    private static string Describe(PortHolder? holder, ServeSettings settings) => holder switch
    {
        null => "a process of another user",
        { IsAgentObs: true } when EndpointsFile.Read(settings.DataFolder) is { } running && running.Pid == holder.Pid =>
            $"a running AgentObs (pid {holder.Pid}): its pages are at {running.Web}",
        { IsAgentObs: true } => $"a running AgentObs (pid {holder.Pid})",
        _ => $"{holder.Name} (pid {holder.Pid})",
    };

    private static SocketError? BindError(IPEndPoint endPoint)
    {
        try
        {
            using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endPoint);
            return null;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode;
        }
    }
}
