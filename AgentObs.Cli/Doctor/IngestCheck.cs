using System.Globalization;
using AgentObs.Conventions;
using AgentObs.Ingest;

namespace AgentObs.Cli.Doctor;

/// <summary>What the running AgentObs refused, redacted and could not commit since its start.</summary>
internal sealed class IngestCheck : DoctorCheck
{
    private const int Shown = 5;

    /// <summary>Records sent again by clients whose answer got lost.</summary>
    private const int FewRepeats = 10;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    public override string Area => "ingest";

    public override string Subject => "what was refused";

    public override bool NeedsApi => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        if (patient.IsContainers)
        {
            return [Finding.Ok("ingest.taken", "The collector counts what it takes and refuses: http://collector:8888/metrics in its network.")];
        }

        return await patient.Api.ReadAsync<IngestSummary>("/api/ingest", cancellation) is { } ingest
            ? [.. Read(ingest, UnixNano.FromDateTimeOffset(patient.Clock.GetUtcNow()))]
            : [];
    }

    internal static IEnumerable<Finding> Read(IngestSummary ingest, UnixNano now)
    {
        var requests = ingest.Signals.Sum(signal => signal.Requests);
        var refused = ingest.Signals.SelectMany(signal => signal.Refused).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        var rejected = ingest.Signals.Sum(signal => signal.Rejected);
        var redacted = ingest.Redactions.Total == 0 ? "" : $"; {Words.Count(ingest.Redactions.Total, "secret")} taken out";
        if (refused.Count == 0 && rejected == 0)
        {
            yield return Finding.Ok("ingest.taken", $"Since its start {Words.Count(requests, "request")} were stored, none refused{redacted}.");
        }
        else
        {
            var fresh = ingest.Errors.Any(error => UnixNano.TryParse(error.Time, out var at) && now.Value - at.Value < (long)Fresh.TotalNanoseconds);
            var found = $"Since its start {Words.Count(requests, "request")} were stored; refused: "
                + string.Join(", ", refused
                    .Select(pair => $"{Words.Count(pair.Value, "request")} ({pair.Key})")
                    .Append(rejected == 0 ? "" : Words.Count(rejected, "record"))
                    .Where(text => text.Length > 0))
                + $"{redacted}.";
            string[] evidence = [.. ingest.Errors.Take(Shown)
                .Select(error => $"{error.Time} {error.Client}, {error.Signal}: {error.Message} ({Words.Count(error.Count, "time")})")];
            yield return new Finding("ingest.refused", fresh ? FindingLevel.Problem : FindingLevel.Warning, found, evidence, Fix(refused));
        }

        if (ingest.Commits.Where(commit => commit.Failed > 0).ToList() is { Count: > 0 } failed)
        {
            yield return Finding.Warning(
                "ingest.commits", "Some commits failed; what was acknowledged is stored.", Invocation.Of("serve --verbose") + "   (says why)",
                [.. failed.Select(commit => $"{commit.Table}: {commit.Failed} of {commit.Commits}")]);
        }

        if (ingest.Forwarding is { IsFailing: true } forwarding)
        {
            yield return Finding.Warning(
                "ingest.forwarding", $"What is stored is not forwarded: {forwarding.Target} does not take it. The local copy is whole.",
                forwarding.LastError.Contains("AGENTOBS_FORWARD_", StringComparison.Ordinal)
                    ? "what the message below says, then start AgentObs again"
                    : $"start that target, or start AgentObs without {Setting.ForwardUrl.Variable}",
                $"{forwarding.LastErrorTime}: {forwarding.LastError}",
                $"tried again: {Words.Count(forwarding.Signals.Sum(signal => signal.Retried), "time")}; dropped: {Words.Count(forwarding.Signals.Sum(signal => signal.Dropped), "request")}");
        }

        if (ingest.Forwarding is { } round
            && (Records: round.Signals.Sum(signal => signal.Records), Repeated: round.Signals.Sum(signal => signal.Repeated)) is { Repeated: >= FewRepeats } count
            && count.Repeated >= count.Records / 2)
        {
            yield return Finding.Warning(
                "ingest.circle", $"What is forwarded to {round.Target} comes back, or a client sends everything twice. It is not sent on again, but stored again.",
                $"let that target not send to this AgentObs, or start AgentObs without {Setting.ForwardUrl.Variable}",
                $"forwarded: {Words.Count(count.Records, "record")}; came again: {count.Repeated.ToString(CultureInfo.InvariantCulture)}");
        }

        if (ingest.Queue.Bytes > ingest.Queue.LimitBytes / 2)
        {
            yield return Finding.Warning(
                "ingest.queue", "More comes in than storage takes: the queue is more than half full.", Invocation.Of("retention") + "   (what is stored; a busy disk or machine is the usual reason)",
                string.Create(CultureInfo.InvariantCulture, $"{Words.Size(ingest.Queue.Bytes)} of {Words.Size(ingest.Queue.LimitBytes)}, the first waits for {ingest.Queue.OldestMilliseconds:0} ms"));
        }
    }

    private static string Fix(Dictionary<string, long> refused) => refused switch
    {
        _ when refused.ContainsKey("NotAllowed") =>
            "send the token: OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Bearer $AGENTOBS_TOKEN\" (Claude), headers = { Authorization = \"Bearer ...\" } in the exporter (Codex)",
        _ when refused.ContainsKey("Unavailable") || refused.ContainsKey("Overloaded") => "nothing, if the clients tried again; else see the disk and storage above",
        _ when refused.ContainsKey("UnsupportedMediaType") || refused.ContainsKey("Undecodable") =>
            "set the client's protocol to grpc or http/protobuf (OTEL_EXPORTER_OTLP_PROTOCOL); the messages above name the place",
        _ => "the messages above say what to change; limits: docs/spec/ingest.md",
    };
}
