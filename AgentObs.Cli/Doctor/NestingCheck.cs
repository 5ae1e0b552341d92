using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Cli.Doctor;

/// <summary>What the last sessions could not prove or did not get, by their own stitching reports, and why.</summary>
internal sealed class NestingCheck : DoctorCheck
{
    private const int Looked = 12;
    private const int Shown = 4;

    /// <summary>More than are looked at: a run that should be below a call is searched among them.</summary>
    private const int Asked = 100;

    // A child's first span may carry a time a little before the call that started it.
    private const long Slack = 2_000_000_000;

    public override string Area => "nesting";

    public override string Subject => "how the last sessions nest";

    public override bool NeedsApi => true;

    public override TimeSpan Limit => TimeSpan.FromSeconds(20);

    public override async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var list = await patient.Api.ReadAsync<SessionList>($"/api/sessions?limit={Asked}", cancellation);
        var all = (list?.Sessions ?? []).Where(session => !session.Id.StartsWith(LiveProbe.IdPrefix, StringComparison.Ordinal)).ToList();
        var changed = Changed(patient.Machine);
        var cases = new List<NestingCase>();
        foreach (var session in all.Take(Looked))
        {
            // Deleted meanwhile: it is of no interest.
            if (await patient.Api.ReadAsync<StitchingReport>($"/api/sessions/{Uri.EscapeDataString(session.Id)}/stitching", cancellation) is { } report)
            {
                cases.Add(new NestingCase(
                    session,
                    report,
                    report.CallsWithoutChild.Count == 0 ? [] : await CallsAsync(patient, report, cancellation),
                    session.End.Value < changed.Value,
                    session.Spans == 0 && await NamesTraceAsync(patient, session, cancellation)));
            }
        }

        return cases.Count == 0 ? [] : [.. Judge(cases, all).OfType<Finding>()];
    }

    private static async Task<IReadOnlyList<TreeNode>> CallsAsync(Patient patient, StitchingReport report, CancellationToken cancellation)
    {
        var tree = await patient.Api.ReadAsync<SessionTree>($"/api/sessions/{Uri.EscapeDataString(report.SessionId)}/tree", cancellation);
        var ids = report.CallsWithoutChild.Select(item => item.NodeId).ToHashSet(StringComparer.Ordinal);
        return [.. (tree?.Nodes ?? []).Where(node => ids.Contains(node.Id))];
    }

    private static async Task<bool> NamesTraceAsync(Patient patient, SessionSummary session, CancellationToken cancellation) =>
        (await patient.Api.ReadAsync<LogList>($"/api/logs?session={Uri.EscapeDataString(session.Id)}&limit=100", cancellation))?.Logs.Any(log => log.TraceId is not null) == true;

    /// <summary>When the user's settings of Claude Code or Codex were last written.</summary>
    private static UnixNano Changed(Machine machine) => new[] { ClaudeSettingFiles.UserFile(machine), CodexSettingFile.UserFile(machine) }
        .Where(File.Exists).Select(file => UnixNano.FromDateTimeOffset(File.GetLastWriteTimeUtc(file))).DefaultIfEmpty().MaxBy(time => time.Value);

    private static Finding? NoSpans(IEnumerable<NestingCase> cases, string agent, string name, string setup, string cause)
    {
        var silent = cases.Where(one => one.HasNoSpans && one.Session.Agent == agent && !one.IsBefore).ToList();
        var unsampled = silent.Count > 0 && silent.TrueForAll(one => one.Unsampled);
        return Many(
            "nesting.no-spans", FindingLevel.Problem,
            [.. silent.Select(one => $"{Name(one.Session)}: log records {(one.Unsampled ? "that name a trace" : "without a trace")}, no span")],
            count => $"{Words.Count(count, "session")} of {name} {(count == 1 ? "has" : "have")} log records and no spans: "
                + (unsampled ? "the TRACEPARENT that it was started with is not sampled (-00)." : cause),
            unsampled ? "unset TRACEPARENT   (in the shell or program that starts it)" : Invocation.Of(setup));
    }

    internal static List<Finding?> Judge(IReadOnlyList<NestingCase> cases, IReadOnlyList<SessionSummary> all)
    {
        var separate = new List<string>();
        var absent = new List<string>();
        foreach (var (session, report, calls, _, _) in cases.Where(one => !one.IsBefore))
        {
            foreach (var item in report.CallsWithoutChild)
            {
                var agent = AgentOf(item.Reason);
                var apart = calls.FirstOrDefault(call => call.Id == item.NodeId) is { } node ? Apart(node, agent, session, all) : null;
                (apart is null ? absent : separate).Add($"{Name(session)}: {item.Name}: {item.Reason}{(apart is null ? "" : $"; session {apart.Id} began meanwhile")}");
            }
        }

        var findings = new List<Finding?>
        {
            NoSpans(cases, "claude-code", "Claude Code", "setup claude", "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA or OTEL_TRACES_EXPORTER is missing where it runs."),
            NoSpans(cases, "codex", "Codex", "setup codex", "[otel] trace_exporter is \"none\" or missing, so it cannot nest."),
            Many(
                "nesting.separate", FindingLevel.Problem, separate,
                count => $"{Words.Count(count, "run")} that an agent started {(count == 1 ? "is a session of its own" : "are sessions of their own")}: TRACEPARENT did not reach {(count == 1 ? "it" : "them")}.",
                Invocation.Of("setup") + "   (CLAUDE_CODE_PROPAGATE_TRACEPARENT=1; codex's trace_exporter); or start the agent with " + Invocation.Of("run -- claude")),
            Many(
                "nesting.absent", FindingLevel.Warning, absent,
                count => $"Of {Words.Count(count, "run")} that an agent started nothing was received: a codex that fails at once sends nothing, and one that is not set up never does.",
                Invocation.Of("setup codex") + "; or start the agent with " + Invocation.Of("run -- claude") + ", which records what failed"),
            Many(
                "nesting.parentless", FindingLevel.Warning, Lines(cases, report => report.RunsWithoutParent),
                count => $"{Words.Count(count, "run")} hang{(count == 1 ? "s" : "")} below {(count == 1 ? "its" : "their")} session only: nothing names the call that started {(count == 1 ? "it" : "them")}.",
                Invocation.Of("run -- claude") + "   (hands the caller's ids down; OTEL_LOG_TOOL_DETAILS=1 shows commands)"),
            Many(
                "nesting.lost",
                FindingLevel.Warning,
                Lines(
                    cases.Where(one => one.Session.State != SessionStates.Running),
                    report => [.. report.MissingParents, .. report.MissingRoots, .. report.MissingRecords]),
                count => $"{Words.Count(count, "piece")} of the last sessions never came: killed agents lose what they had not sent, and full queues drop.",
                Invocation.Of("run -- claude") + "   (sets codex's delays and queue, and records how it ended)"),
        };
        var runs = cases.Sum(one => Math.Max(0, one.Session.AgentRuns));
        var inferred = cases.Sum(one => one.Report.InferredEdges.Count);
        return findings.TrueForAll(finding => finding is not { Level: FindingLevel.Problem })
            ? [Finding.Ok(
                "nesting.sessions",
                $"The last {Words.Count(cases.Count, "session")} {(cases.Count == 1 ? "has" : "have")} {Words.Count(runs, "agent run")}{(inferred == 0 ? "" : $", {Words.Number(inferred)} placed by inference")}.",
                Lines(cases, report => report.InferredEdges)), .. findings]
            : findings;
    }

    private static List<string> Lines(IEnumerable<NestingCase> cases, Func<StitchingReport, IEnumerable<StitchingItem>> items) =>
        [.. cases.SelectMany(one => items(one.Report).Select(item => $"{Name(one.Session)}: {item.Name}: {item.Reason}"))];

    private static Finding? Many(string id, FindingLevel level, List<string> lines, Func<int, string> found, string fix) => lines.Count == 0 ? null : new Finding(
        id, level, found(lines.Count), [.. lines.Take(Shown), .. lines.Count > Shown ? [$"and {lines.Count - Shown} more"] : Array.Empty<string>()], fix);

    // "its command runs codex, and no run of it was received below this call"
    private static string AgentOf(string reason) => KnownAgent.All.FirstOrDefault(agent => reason.Contains($"runs {agent.Program},", StringComparison.Ordinal))?.Client ?? "";

    private static SessionSummary? Apart(TreeNode call, string agent, SessionSummary of, IEnumerable<SessionSummary> all) => all.FirstOrDefault(session =>
        session.Id != of.Id && session.Agent == agent
        && session.Start.Value >= call.Start.Value - Slack && session.Start.Value <= call.Start.Value + call.DurationNano + Slack);

    private static string Name(SessionSummary session) => session.Title.Length == 0 ? session.Id : $"\"{session.Title[..Math.Min(session.Title.Length, 40)]}\"";
}
