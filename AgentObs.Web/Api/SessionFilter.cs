using System.Globalization;

namespace AgentObs.Web;

/// <summary>What the session list is narrowed to; it stands in the page's address and goes to the API under the same names.</summary>
/// <param name="Text">Parameter <c>q</c>.</param>
public sealed record SessionFilter(string? Text, string? Agent, string? State, string? Task)
{
    public const int PageSize = 50;

    public static readonly SessionFilter None = new(null, null, null, null);

    public bool IsEmpty => string.IsNullOrEmpty(Text) && string.IsNullOrEmpty(Agent) && string.IsNullOrEmpty(State) && string.IsNullOrEmpty(Task);

    /// <summary>The query of an API request: <c>?limit=50&amp;q=...</c>.</summary>
    public string ToQuery(string? cursor) =>
        Join([("limit", PageSize.ToString(CultureInfo.InvariantCulture)), .. Pairs, ("cursor", cursor)]);

    /// <summary>The address of a page that keeps this filter.</summary>
    public string Link(string? sessionId, string? node = null) =>
        (sessionId is null ? "/sessions" : "/sessions/" + Uri.EscapeDataString(sessionId)) + Join([.. Pairs, ("node", node)]);

    /// <summary>The address of the list of all sessions that worked on a task.</summary>
    public static string OfTask(string task) => (None with { Task = task }).Link(null);

    private (string Name, string? Value)[] Pairs => [("q", Text), ("agent", Agent), ("state", State), ("task", Task)];

    private static string Join((string Name, string? Value)[] pairs)
    {
        var set = pairs.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}").ToArray();
        return set.Length == 0 ? "" : "?" + string.Join('&', set);
    }
}
