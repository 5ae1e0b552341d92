using AgentObs.Query;

namespace AgentObs.Cli.Doctor;

/// <summary>This machine's clock against the server's, and the senders' times against their receipt.</summary>
internal sealed class ClockCheck : DoctorCheck
{
    private const long NanosPerTick = 100;
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    public override string Area => "clock";

    public override string Subject => "clocks";

    public override bool NeedsApi => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        if (OfServer(patient.ServerDate, patient.Clock.GetUtcNow()) is { } server)
        {
            findings.Add(server);
        }

        var yesterday = patient.Clock.GetUtcNow().AddDays(-1).UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var clients = await patient.Api.ReadAsync<ClientList>($"/api/clients?from={Uri.EscapeDataString(yesterday)}", cancellation);
        findings.AddRange((clients?.Clients ?? []).Select(Judge).OfType<Finding>());
        if (findings.Count == 0)
        {
            findings.Add(Finding.Ok("clock.senders", "Clocks agree: telemetry of the last day is as old as its receipt."));
        }

        return findings;
    }

    // The header has whole seconds, and the answer is as old as the checks before this one took.
    internal static Finding? OfServer(DateTimeOffset? server, DateTimeOffset now) => server is { } date && (now - date) is var apart && (apart > Apart * 3 || apart < -Apart)
        ? Finding.Warning("clock.server", $"This machine's clock and AgentObs's are {Words.Span(apart)} apart.", SetClock, $"AgentObs says {date:O}")
        : null;

    internal static Finding? Judge(ClientSummary client)
    {
        if (client.DelayNano is not { } nano)
        {
            return null;
        }

        var delay = TimeSpan.FromTicks(nano / NanosPerTick);
        return delay > Late
            ? Finding.Warning(
                "clock.senders", $"Times of {client.Client} lie {Words.Span(delay)} before their receipt: its machine's clock is behind, or old recordings were replayed.",
                SetClock + "   (nothing, if they were replayed)", $"median of what was received in the last day: {Words.Count(client.Spans, "span")}, {Words.Count(client.Logs, "log record")}")
            : delay < -Apart
                ? Finding.Warning(
                    "clock.senders", $"Times of {client.Client} lie {Words.Span(delay)} after their receipt: its machine's clock is ahead.",
                    SetClock, $"median of what was received in the last day: {Words.Count(client.Spans, "span")}, {Words.Count(client.Logs, "log record")}")
                : null;
    }

    private static string SetClock => OperatingSystem.IsMacOS() ? "sudo sntp -sS time.apple.com" : "sudo timedatectl set-ntp true";
}
