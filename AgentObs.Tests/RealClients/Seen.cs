using System.Net.Http.Json;
using AgentObs.Query;

namespace AgentObs.Tests.RealClients;

/// <summary>What AgentObs shows of a run, asked for over its HTTP API.</summary>
internal sealed class Seen(HttpClient http)
{
    /// <summary>Waits until such a tree is shown, by the stream that tells what changed.</summary>
    public async Task UntilAsync(Func<SessionTree, bool> wanted, CancellationToken ct)
    {
        using var changes = new StreamReader(await http.GetStreamAsync(new Uri("/api/live", UriKind.Relative), ct));
        do
        {
            foreach (var session in (await SessionsAsync(ct)).Select(session => session.Id))
            {
                if (await FindTreeAsync(session, ct) is { } tree && wanted(tree))
                {
                    return;
                }
            }
        }
        while (await changes.ReadLineAsync(ct) is not null);
    }

    public async Task<IReadOnlyList<SessionSummary>> SessionsAsync(CancellationToken ct) =>
        (await GetAsync<SessionList>("/api/sessions?limit=500", ct)).Sessions;

    public Task<SessionTree> TreeAsync(string session, CancellationToken ct) => GetAsync<SessionTree>($"/api/sessions/{Uri.EscapeDataString(session)}/tree", ct);

    public Task<StitchingReport> StitchingAsync(string session, CancellationToken ct) =>
        GetAsync<StitchingReport>($"/api/sessions/{Uri.EscapeDataString(session)}/stitching", ct);

    public Task<SpanDetail> SpanAsync(TreeNode node, CancellationToken ct) => GetAsync<SpanDetail>($"/api/spans/{node.TraceId}/{node.SpanId}", ct);

    /// <returns>Null where the session became part of another in the meantime.</returns>
    private async Task<SessionTree?> FindTreeAsync(string session, CancellationToken ct)
    {
        using var answer = await http.GetAsync(new Uri($"/api/sessions/{Uri.EscapeDataString(session)}/tree", UriKind.Relative), ct);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<SessionTree>(QueryJson.Options, ct) : null;
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken ct) =>
        (await http.GetFromJsonAsync<T>(new Uri(path, UriKind.Relative), QueryJson.Options, ct))!;
}
