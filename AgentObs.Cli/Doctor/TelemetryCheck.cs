using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Cli.Doctor;

/// <summary>What each agent sent lately, and what is missing of it.</summary>
internal sealed class TelemetryCheck : DoctorCheck
{
    private static readonly string[] Ours = ["agentobs-check", "agentobs-doctor"];

    public override string Area => "telemetry";

    public override string Subject => "what the agents sent";

    public override bool NeedsApi => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var list = await patient.Api.ReadAsync<ClientList>("/api/clients", cancellation);
        return list is null ? [] : [.. Read(list, patient)];
    }

    internal static IEnumerable<Finding> Read(ClientList list, Patient patient)
    {
        var now = UnixNano.FromDateTimeOffset(patient.Clock.GetUtcNow());
        var days = Words.Span(TimeSpan.FromTicks((now.Value - list.From.Value) / 100));
        var heard = list.Clients.Where(client => !Ours.Contains(client.Client, StringComparer.Ordinal)).ToList();
        if (heard.Count == 0)
        {
            yield return Finding.Warning(
                "telemetry.none", $"Nothing was received from any agent in the last {days}.",
                $"{Invocation.Of("setup")}   (where it is not done; then start an agent and ask it something)", $"GET {patient.Running.Web}api/clients");
            yield break;
        }

        yield return Finding.Ok(
            "telemetry.heard", $"Heard in the last {days}: {string.Join("; ", heard.Select(client => Line(client, now)))}.");
        foreach (var client in heard)
        {
            if (Missing(client) is { } missing)
            {
                yield return missing;
            }
        }

        foreach (var agent in (KnownAgent[])[KnownAgent.Claude, KnownAgent.Codex])
        {
            if (heard.TrueForAll(client => client.Client != agent.Client) && Installation.Find(agent.Program, patient.Machine.Path, patient.ShimFolder).Count > 0)
            {
                yield return Finding.Warning(
                    "telemetry.silent", $"{agent.Program} is installed, and nothing of it was received in the last {days}.",
                    $"{Invocation.Of($"setup {agent.Program}")}   (nothing, if it was not used since)", $"GET {patient.Running.Web}api/clients: no {agent.Client}");
            }
        }
    }

    /// <summary>Signals that an agent sends only where it is told to.</summary>
    internal static Finding? Missing(ClientSummary client)
    {
        var evidence = $"{Words.Count(client.Spans, "span")}, {Words.Count(client.Logs, "log record")}";
        return client switch
        {
            { Spans: > 0, Logs: 0, Client: "claude-code" } => Finding.Warning(
                "telemetry.no-logs", "Claude Code sends spans and no log records: prompts, decisions and answers are missing.",
                Invocation.Of("setup claude") + "   (OTEL_LOGS_EXPORTER=otlp)", evidence),
            { Spans: > 0, Logs: 0, Client: "codex" } => Finding.Warning(
                "telemetry.no-logs", "Codex sends spans and no log records: commands, their outputs and exit codes are missing.",
                Invocation.Of("setup codex") + "   ([otel] exporter)", evidence),
            _ => null,
        };
    }

    private static string Line(ClientSummary client, UnixNano now)
    {
        var last = new[] { client.LastSpan, client.LastLog, client.LastPoint }.Max(time => time?.Value ?? 0);
        string[] parts =
        [
            .. client.Spans > 0 ? [Words.Count(client.Spans, "span")] : Array.Empty<string>(),
            .. client.Logs > 0 ? [Words.Count(client.Logs, "log record")] : Array.Empty<string>(),
            .. client.Points > 0 ? [Words.Count(client.Points, "metric point")] : Array.Empty<string>(),
        ];
        var name = client.Client.Length == 0 ? "a program without a name" : client.Client;
        return $"{name} {Words.Span(TimeSpan.FromTicks((now.Value - last) / 100))} ago ({string.Join(", ", parts)})";
    }
}
