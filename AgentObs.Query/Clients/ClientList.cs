using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>Answer of <c>GET /api/clients</c>, the one heard last first.</summary>
/// <param name="From">Receipts since then are counted.</param>
public sealed record ClientList(UnixNano From, IReadOnlyList<ClientSummary> Clients);
