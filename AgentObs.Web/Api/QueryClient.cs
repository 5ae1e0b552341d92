using System.Net;
using System.Text.Json;
using AgentObs.Query;

namespace AgentObs.Web;

/// <summary>
/// Reads the API of AgentObs.Query over HTTP, in both topologies: what a page shows, a script can ask for.
/// Methods throw <see cref="QueryException"/> when the API refuses or does not answer, and return null for 404.
/// </summary>
public sealed class QueryClient(HttpClient http)
{
    public async Task<SessionList> ListSessionsAsync(SessionFilter filter, string? cursor, CancellationToken ct) =>
        await GetAsync<SessionList>("/api/sessions" + filter.ToQuery(cursor), ct) ?? new SessionList([], null);

    /// <exception cref="QueryException">Status 404 with <see cref="QueryException.SessionId"/> where the id is a nested run's.</exception>
    public async Task<SessionSummary?> FindSessionAsync(string id, CancellationToken ct) =>
        await GetAsync<SessionSummary>("/api/sessions/" + Uri.EscapeDataString(id), ct);

    public Task<SpanDetail?> FindSpanAsync(string traceId, string spanId, CancellationToken ct) =>
        GetAsync<SpanDetail>($"/api/spans/{Uri.EscapeDataString(traceId)}/{Uri.EscapeDataString(spanId)}", ct);

    public Task<TaskSummary?> FindTaskAsync(string id, CancellationToken ct) =>
        GetAsync<TaskSummary>("/api/tasks/" + Uri.EscapeDataString(id), ct);

    public async Task<TraceList> ListTracesAsync(string? cursor, CancellationToken ct) =>
        await GetAsync<TraceList>("/api/traces?limit=100" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)), ct)
        ?? new TraceList([], null);

    private async Task<T?> GetAsync<T>(string path, CancellationToken ct)
        where T : class
    {
        try
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ct);
            if (response.IsSuccessStatusCode)
            {
                return await response.Content.ReadFromJsonAsync<T>(QueryJson.Options, ct);
            }

            var problem = await QueryException.ReadAsync(response, ct);
            return response.StatusCode == HttpStatusCode.NotFound && problem.SessionId is null ? null : throw problem;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or IOException)
        {
            throw new QueryException(0, "AgentObs is not reachable", $"{http.BaseAddress} does not answer: {unreachable.Message}", null, unreachable);
        }
        catch (JsonException unreadable)
        {
            throw new QueryException(0, "The answer could not be read", $"{path}: {unreadable.Message}", null, unreadable);
        }
    }
}
