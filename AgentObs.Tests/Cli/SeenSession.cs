using System.Text.Json;

namespace AgentObs.Tests.Cli;

/// <summary>What of a session is the same whenever the same telemetry is shown; <see cref="Tokens"/> is the answer's JSON.</summary>
internal sealed record SeenSession(string Id, int AgentRuns, int Spans, int Errors, string Tokens)
{
    public static async Task<List<SeenSession>> AllAsync(AgentObsProcess serve)
    {
        using var answer = JsonDocument.Parse(
            await serve.Http.GetStringAsync(new Uri("/api/sessions?limit=500", UriKind.Relative), TestContext.Current.CancellationToken));
        return [.. answer.RootElement.GetProperty("sessions").EnumerateArray().Select(session => new SeenSession(
            session.GetProperty("id").GetString()!,
            session.GetProperty("agentRuns").GetInt32(),
            session.GetProperty("spans").GetInt32(),
            session.GetProperty("errors").GetInt32(),
            session.GetProperty("tokens").GetRawText()))];
    }
}
