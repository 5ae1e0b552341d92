using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AgentObs.Cli.Serving;

/// <summary>The ports that Kestrel bound, in the order in which they were asked for; with port 0 they are known only after the start.</summary>
internal sealed class BoundPorts
{
    private readonly List<ListenOptions> _listens = [];

    public int Count => _listens.Count;

    public void Add(ListenOptions listen) => _listens.Add(listen);

    public int this[int position] => _listens[position].IPEndPoint!.Port;
}
