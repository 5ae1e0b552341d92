using System.Globalization;
using AgentObs.Cli.Probing;
using AgentObs.Cli.Replaying;
using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Cli.Doctor;

/// <summary>
/// Sends what a Claude that starts a codex sends: its spans over gRPC, codex's over HTTP below the TRACEPARENT that Claude hands on; reads one tree
/// back and removes it. No agent is started and no model is asked.
/// </summary>
internal sealed class LiveProbe : DoctorCheck
{
    /// <summary>Of the sessions that it sends.</summary>
    public const string IdPrefix = "agentobs-doctor-";

    private const long Millisecond = 1_000_000;

    // A collector between hands spans on in batches.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LaunchLimit = TimeSpan.FromSeconds(8);

    public override string Area => "live";

    public override string Subject => "a live session";

    public override bool NeedsApi => true;

    public override bool Sends => true;

    public override TimeSpan Limit => TimeSpan.FromSeconds(40);

    public override async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var (trace, execution) = (ProbeSpan.NewTraceId(), ProbeSpan.NewSpanId());
        var session = IdPrefix + trace[..12];
        using var otlp = new OtlpClient(patient.Running, patient.Clock);
        try
        {
            var now = UnixNano.FromDateTimeOffset(patient.Clock.GetUtcNow());
            var began = patient.Clock.GetTimestamp();
            await SendAsync(otlp, Claude(session, trace, execution, now), patient.Running.OtlpGrpc, cancellation);
            var grpc = patient.Clock.GetElapsedTime(began);
            began = patient.Clock.GetTimestamp();
            await SendAsync(otlp, Codex(trace, execution, now), patient.Running.OtlpHttp, cancellation);
            var http = patient.Clock.GetElapsedTime(began);
            began = patient.Clock.GetTimestamp();
            var launcher = await LaunchAsync(patient, trace, execution, cancellation);
            var launched = patient.Clock.GetElapsedTime(began);
            began = patient.Clock.GetTimestamp();
            var tree = await ReadAsync(patient, session, cancellation);
            return [Judge(tree, session, grpc, http, patient.Clock.GetElapsedTime(began), patient), Judge(tree, launcher, launched)];
        }
        finally
        {
            await patient.Api.DeleteAsync($"/api/sessions/{session}", CancellationToken.None);
        }
    }

    private static async Task SendAsync(OtlpClient otlp, RecordedRequest request, Uri to, CancellationToken cancellation)
    {
        if (await otlp.SendAsync(request, cancellation) is { Refused: > 0 } answer)
        {
            throw CommandException.Failed($"{to} took the request and refused its spans: {answer.Message}");
        }
    }

    private static async Task<SessionTree?> ReadAsync(Patient patient, string session, CancellationToken cancellation)
    {
        var began = patient.Clock.GetTimestamp();
        while (true)
        {
            var tree = await patient.Api.ReadAsync<SessionTree>($"/api/sessions/{session}/tree", cancellation);
            if ((Run(tree) is not null && Launched(tree) is not null) || patient.Clock.GetElapsedTime(began) > Patience)
            {
                return tree;
            }

            await Task.Delay(Pause, patient.Clock, cancellation);
        }
    }

    /// <summary>A program that does nothing, started below the same call as an agent would be.</summary>
    private static Task<BoundedProcess> LaunchAsync(Patient patient, string trace, string execution, CancellationToken cancellation)
    {
        var environment = new Dictionary<string, string>(patient.Machine.Environment, StringComparer.Ordinal)
        {
            ["TRACEPARENT"] = new TraceParent(trace, execution, Flags: 1).ToString(),
            [Setting.WebUrl.Variable] = patient.Running.Web.ToString(),
            [Setting.OtlpGrpcUrl.Variable] = patient.Running.OtlpGrpc.ToString(),
            [Setting.OtlpHttpUrl.Variable] = patient.Running.OtlpHttp.ToString(),
            [Setting.Data.Variable] = patient.DataFolder,
        };
        foreach (var inherited in (string[])["TRACESTATE", "AGENTOBS_RUN_ID", "OTEL_RESOURCE_ATTRIBUTES"])
        {
            environment.Remove(inherited);
        }

        var (program, arguments) = Invocation.ThisProgram;
        return BoundedProcess.RunAsync(program, [.. arguments, "run", "--role", "doctor", "--", "true"], environment, LaunchLimit, cancellation);
    }

    private static TreeNode? Launched(SessionTree? tree) => tree?.Nodes.FirstOrDefault(node => node is { Kind: NodeKinds.AgentRun, Agent: "process" });

    private static Finding Judge(SessionTree? tree, BoundedProcess launcher, TimeSpan took) =>
        launcher.ExitCode == 0 && Launched(tree) is { } run && run.ParentId == Run(tree)?.ParentId
            ? Finding.Ok("live.launcher", string.Create(CultureInfo.InvariantCulture, $"Live: `agentobs run` started a program below the same call ({took.TotalMilliseconds:0} ms) and its run hangs there."))
            : Finding.Problem(
                "live.launcher", "`agentobs run` started a program, and its run is not shown below the call that it was started from.", Invocation.Of("run -- true"),
                launcher.ExitCode is { } code ? $"exit code {code}" : $"no end within {LaunchLimit.TotalSeconds} s",
                Launched(tree) is { } shown ? $"its parent: {shown.ParentId}" : "no run of it was shown");

    private static TreeNode? Run(SessionTree? tree) => tree?.Nodes.FirstOrDefault(node => node is { Kind: NodeKinds.AgentRun, Agent: "codex" });

    internal static Finding Judge(SessionTree? tree, string session, TimeSpan grpc, TimeSpan http, TimeSpan shown, Patient patient)
    {
        var page = $"{patient.Running.Web}api/sessions/{session}/tree";
        if (Run(tree) is not { } run)
        {
            return Finding.Problem(
                "live.shown", $"A live session was taken over gRPC and HTTP, and is not shown after {Patience.TotalSeconds:0} s.",
                patient.IsContainers ? "docker compose logs collector query" : Invocation.Of("serve --verbose"),
                page,
                tree is null ? "404" : "its codex run is missing");
        }

        var parent = tree!.Nodes.FirstOrDefault(node => node.Id == run.ParentId);
        return parent?.Kind == NodeKinds.ToolCall && run.Edge?.Grade == EdgeEvidence.Proven
            ? Finding.Ok("live.nested", string.Create(
                CultureInfo.InvariantCulture,
                $"Live: a nested session was taken (gRPC {grpc.TotalMilliseconds:0} ms, HTTP {http.TotalMilliseconds:0} ms), shown as one tree after {shown.TotalMilliseconds:0} ms, and removed."))
            : Finding.Problem(
                "live.nested", "A live session is shown, but its codex run does not hang below the call that started it.",
                "report it with this output: this is a defect of AgentObs",
                page,
                $"parent: {parent?.Kind} {parent?.Name}",
                $"edge: {run.Edge?.Grade} {string.Join("; ", run.Edge?.Evidence ?? [])}");
    }

    private static RecordedRequest Claude(string session, string trace, string execution, UnixNano now)
    {
        var (prompt, tool) = (ProbeSpan.NewSpanId(), ProbeSpan.NewSpanId());
        var call = "toolu_" + trace[..20];
        return ProbeRequest.OverGrpc(
            "claude-code",
            "com.anthropic.claude_code.tracing",
            new ProbeSpan(trace, prompt, "", "claude_code.interaction", now, now.Plus(50 * Millisecond), ("session.id", session), ("user_prompt", "agentobs doctor --live")),
            new ProbeSpan(
                trace, tool, prompt, "claude_code.tool", now.Plus(5 * Millisecond), now.Plus(45 * Millisecond),
                ("session.id", session), ("tool_name", "Bash"), ("tool_use_id", call), ("full_command", "codex exec 'agentobs doctor --live'")),
            new ProbeSpan(
                trace, execution, tool, "claude_code.tool.execution", now.Plus(6 * Millisecond), now.Plus(44 * Millisecond), ("session.id", session), ("tool_use_id", call)));
    }

    private static RecordedRequest Codex(string trace, string execution, UnixNano now) => ProbeRequest.OverHttp(
        "codex_exec",
        "codex_exec",
        new ProbeSpan(
            trace, ProbeSpan.NewSpanId(), execution, "codex.exec", now.Plus(10 * Millisecond), now.Plus(40 * Millisecond), ("thread.id", Guid.NewGuid().ToString())));
}
