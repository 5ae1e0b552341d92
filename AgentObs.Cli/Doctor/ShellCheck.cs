using System.Globalization;
using AgentObs.Conventions;

namespace AgentObs.Cli.Doctor;

/// <summary>Variables of this shell that agents started from it inherit, and that silence them, send them elsewhere or join what is apart.</summary>
internal sealed class ShellCheck : DoctorCheck
{
    // The SDKs' own default, with which codex loses two fifths of a flood of 3,000 deltas.
    private const int UsualQueue = 2048;
    private const int UsualDelay = 5000;
    private const int ShortValue = 1000;
    private static readonly string[] Proxies = ["grpc_proxy", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
    private static readonly string[] Callers = ["CLAUDECODE", "CODEX_THREAD_ID", "COPILOT_AGENT_SESSION_ID", "QWEN_CODE_SESSION_ID", "AGENT_SESSION_ID", "OPENCODE_PID", "GEMINI_CLI", "AGENTOBS_RUN_ID"];

    private static readonly string[] SamplerNames = ["OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG"];

    public override string Area => "shell";

    public override string Subject => "this shell's variables";

    public override Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. Judge(patient).OfType<Finding>()]);

    private static IEnumerable<Finding?> Judge(Patient patient)
    {
        var machine = patient.Machine;
        yield return Parent(machine);
        yield return machine.Variable("OTEL_SDK_DISABLED") is { } disabled && disabled.Equals("true", StringComparison.OrdinalIgnoreCase)
            ? Finding.Problem("shell.sdk-disabled", "OTEL_SDK_DISABLED is set: programs started here send nothing.", "unset OTEL_SDK_DISABLED", Line(machine, "OTEL_SDK_DISABLED"))
            : null;
        yield return Sampler(machine);
        yield return machine.Variable("OTEL_SERVICE_NAME") is null ? null : Finding.Warning(
            "shell.service-name", "OTEL_SERVICE_NAME is set: agents that follow it appear under that name (Claude does, codex does not).",
            "unset OTEL_SERVICE_NAME", Line(machine, "OTEL_SERVICE_NAME"));
        yield return Number(machine, "OTEL_BSP_MAX_QUEUE_SIZE") is < UsualQueue ? Finding.Warning(
            "shell.queue", "The span queue is small: codex makes hundreds of spans a second and drops what does not fit, silently.",
            "export OTEL_BSP_MAX_QUEUE_SIZE=65536", Line(machine, "OTEL_BSP_MAX_QUEUE_SIZE")) : null;
        yield return Number(machine, "OTEL_BSP_SCHEDULE_DELAY") is > UsualDelay ? Finding.Warning(
            "shell.delay", "Spans wait long before they are sent: a codex that fails loses what waits, as it does not flush.",
            "unset OTEL_BSP_SCHEDULE_DELAY", Line(machine, "OTEL_BSP_SCHEDULE_DELAY")) : null;
        foreach (var name in (string[])["OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT"])
        {
            yield return Number(machine, name) is < ShortValue ? Finding.Warning(
                "shell.value-length", "Attribute values are cut short: commands and prompts end in the middle, and runs cannot be tied to them.", $"unset {name}", Line(machine, name)) : null;
        }

        yield return Proxy(machine);
        yield return Hook(patient);
        yield return Shims(patient);
        yield return machine.Variable("SHELL") is { } shell && Path.GetFileName(shell) is var kind and not ("bash" or "sh")
            ? Finding.Ok("shell.kind", $"Your shell is {kind}, which does not read BASH_ENV: the launcher's shims on PATH name the callers there.", Line(machine, "SHELL"))
            : null;
    }

    private static Finding? Parent(Machine machine)
    {
        if (machine.Variable("TRACEPARENT") is not { } text)
        {
            return null;
        }

        if (!TraceParent.TryParse(text, out var parent))
        {
            return Finding.Warning("shell.traceparent", "TRACEPARENT is set and is no trace parent: agents ignore it.", "unset TRACEPARENT", Line(machine, "TRACEPARENT"));
        }

        if (!parent.IsSampled)
        {
            return Finding.Problem(
                "shell.traceparent", "TRACEPARENT is not sampled (it ends in -00): claude -p and codex exec started here send no spans.", "unset TRACEPARENT", Line(machine, "TRACEPARENT"));
        }

        // An agent's own shell has it for its children.
        return Array.Exists(Callers, name => machine.Variable(name) is not null) ? null : Finding.Warning(
            "shell.traceparent", $"TRACEPARENT is set: every claude -p and codex exec started here joins trace {parent.TraceId}.", "unset TRACEPARENT", Line(machine, "TRACEPARENT"));
    }

    private static Finding? Sampler(Machine machine)
    {
        var sampler = machine.Variable("OTEL_TRACES_SAMPLER") ?? "";
        var drops = sampler.EndsWith("always_off", StringComparison.Ordinal)
            || (sampler.EndsWith("traceidratio", StringComparison.Ordinal)
                && double.TryParse(machine.Variable("OTEL_TRACES_SAMPLER_ARG") ?? "1", NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share < 1);
        return !drops ? null : Finding.Problem(
            "shell.sampler", $"OTEL_TRACES_SAMPLER is {sampler}: whole traces are left out.", "unset OTEL_TRACES_SAMPLER OTEL_TRACES_SAMPLER_ARG",
            [.. SamplerNames.Where(name => machine.Variable(name) is not null).Select(name => Line(machine, name))]);
    }

    private static Finding? Proxy(Machine machine)
    {
        var set = Proxies.FirstOrDefault(name => machine.Variable(name) is not null);
        var spared = (machine.Variable("no_proxy") ?? machine.Variable("NO_PROXY") ?? "").Split(',', StringSplitOptions.TrimEntries);
        return set is null || spared.Any(host => host is "127.0.0.1" or "*") ? null : Finding.Warning(
            "shell.proxy", $"{set} is set and no_proxy does not spare 127.0.0.1: some exporters send telemetry to the proxy.",
            "export no_proxy=\"127.0.0.1,localhost${no_proxy:+,$no_proxy}\"", $"{set} is set", $"no_proxy={string.Join(',', spared)}");
    }

    private static Finding? Hook(Patient patient)
    {
        var machine = patient.Machine;
        var hook = Path.Combine(patient.DataFolder, "launcher", "agentobs-env.sh");
        var set = machine.Variable("BASH_ENV");
        if (machine.Variable("AGENTOBS_RUN_ID") is null)
        {
            return set is null || File.Exists(set) ? null : Finding.Warning(
                "shell.bash-env", "BASH_ENV names a file that is not there.", "unset BASH_ENV", Line(machine, "BASH_ENV"));
        }

        return set == hook ? null : Finding.Warning(
            "shell.bash-env", "This shell is inside `agentobs run`, but BASH_ENV does not name its hook: what agents start below is not told who called it.",
            $"export BASH_ENV={hook}   (something set it anew: a profile, an rc file)", set is null ? "BASH_ENV is not set" : Line(machine, "BASH_ENV"));
    }

    private static Finding? Shims(Patient patient)
    {
        var machine = patient.Machine;
        if (machine.Variable("AGENTOBS_RUN_ID") is null)
        {
            return null;
        }

        var first = machine.Path.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "codex")) || File.Exists(Path.Combine(folder, "claude")));
        return first == patient.ShimFolder ? null : Finding.Warning(
            "shell.shims", "This shell is inside `agentobs run`, but its shims are not first on PATH: claude and codex started here go without it.",
            $"export PATH=\"{patient.ShimFolder}:$PATH\"   (something set it anew: a profile, an rc file)", $"first of them: {first ?? "none"}");
    }

    private static string Line(Machine machine, string name) => $"{name}={machine.Variable(name)}";

    private static long? Number(Machine machine, string name) =>
        long.TryParse(machine.Variable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
