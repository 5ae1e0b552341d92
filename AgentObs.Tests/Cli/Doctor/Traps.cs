using AgentObs.Cli.Doctor;
using static AgentObs.Cli.Doctor.FindingLevel;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary>The traps that a setting can cause, as docs/spec/doctor.md lists them.</summary>
internal static class Traps
{
    private const string Unsampled = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-00";
    private const string Sampled = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly ClaudeCheck Claude = new();
    private static readonly CodexCheck Codex = new();
    private static readonly ShellCheck Shell = new();
    private static readonly OtherAgentsCheck Others = new();

    public static IReadOnlyList<Trap> All => [.. OfClaude, .. OfCodex, .. OfTheShell, .. OfOthers];

    private static Trap[] OfClaude =>
    [
        new("telemetry is off", user => user.Claude("CLAUDE_CODE_ENABLE_TELEMETRY", null), Claude, "claude.off", Warning, "CLAUDE_CODE_ENABLE_TELEMETRY is not set", "setup claude"),
        new("no BETA", user => user.Claude("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", null), Claude, "claude.beta", Problem, "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA is not set", "setup claude"),
        new("BETA is 0", user => user.Claude("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", "0"), Claude, "claude.beta", Problem, "=0 (~/.claude/settings.json:", "setup claude"),
        new("a base URL of one's own without PROPAGATE", user =>
        {
            user.Claude("CLAUDE_CODE_PROPAGATE_TRACEPARENT", null);
            user.Environment["ANTHROPIC_BASE_URL"] = "http://gateway.local:8080";
        }, Claude, "claude.propagate", Problem, "ANTHROPIC_BASE_URL=http://gateway.local:8080 (this shell)", "CLAUDE_CODE_PROPAGATE_TRACEPARENT=1"),
        new("traces exporter none", user => user.Claude("OTEL_TRACES_EXPORTER", "none"), Claude, "claude.exporter", Problem, "OTEL_TRACES_EXPORTER=none", "OTEL_TRACES_EXPORTER=otlp"),
        new("logs exporter on the console", user => user.Claude("OTEL_LOGS_EXPORTER", "console"), Claude, "claude.exporter", Warning, "OTEL_LOGS_EXPORTER=console", "OTEL_LOGS_EXPORTER=otlp"),
        new("a protocol for spans that is none", user => user.Claude("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "grpcs"), Claude, "claude.protocol", Problem, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=grpcs", "OTEL_EXPORTER_OTLP_PROTOCOL=grpc"),
        new("endpoint of spans elsewhere", user => user.Claude("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:14317"), Claude, "claude.endpoint", Problem, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:14317", "remove OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
        new("endpoint of log records is the pages' port", user => user.Claude("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://127.0.0.1:5317"), Claude, "claude.endpoint", Problem, ":5317", "remove OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"),
        new("endpoint of spans with https", user => user.Claude("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://127.0.0.1:4317"), Claude, "claude.endpoint", Problem, "https://", "remove OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
        new("gRPC to the collector's HTTP port", user => user.Claude("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:4318"), Claude, "claude.endpoint", Problem, ":4318", "remove") { Containers = true },
        new("the project's settings over the user's", user => user.Write("home/project/.claude/settings.json", """{ "env": { "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA": "0" } }"""),
            Claude, "claude.beta", Problem, "=0 (~/project/.claude/settings.json:1, over 1 of ~/.claude/settings.json:", "setup claude"),
        new("detailed tracing elsewhere", user =>
        {
            user.Claude("ENABLE_BETA_TRACING_DETAILED", "1");
            user.Claude("BETA_TRACING_ENDPOINT", "http://127.0.0.1:9999");
        }, Claude, "claude.detailed", Problem, "BETA_TRACING_ENDPOINT=http://127.0.0.1:9999", "BETA_TRACING_ENDPOINT=http://127.0.0.1:4318"),
        new("settings in the shell alone", user =>
        {
            user.Claude("OTEL_EXPORTER_OTLP_PROTOCOL", null);
            user.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        }, Claude, "claude.stripped", Warning, "OTEL_EXPORTER_OTLP_PROTOCOL=grpc (this shell)", "setup claude"),
        new("OTEL_SDK_DISABLED in Claude's settings", user => user.Claude("OTEL_SDK_DISABLED", "true"), Claude, "claude.sdk-disabled", Problem, "OTEL_SDK_DISABLED=true (~/.claude/settings.json:", "remove OTEL_SDK_DISABLED"),
        new("no token for Claude", _ => { }, Claude, "claude.token", Problem, "OTEL_EXPORTER_OTLP_HEADERS is not set", "setup claude") { Token = "hush" },
        new("commands left out beside agents that need them", user =>
        {
            user.Claude("OTEL_LOG_TOOL_DETAILS", null);
            user.Program("copilot", "echo 1.0.102");
        }, Claude, "claude.tool-details", Warning, "OTEL_LOG_TOOL_DETAILS is not set", "OTEL_LOG_TOOL_DETAILS=1"),
        new("Claude's settings are broken", user => user.Write("home/.claude/settings.json", "{ \"env\": {\n oops }"), Claude, "claude.file", Problem, "~/.claude/settings.json", "~/.claude/settings.json"),
    ];

    private static Trap[] OfCodex =>
    [
        new("no [otel] table", user => user.Write("home/.codex/config.toml", "model = \"gpt-5.5\"\n"), Codex, "codex.off", Warning, "~/.codex/config.toml: no [otel]", "setup codex"),
        new("trace_exporter none", user => user.Codex("trace_exporter", "\"none\""), Codex, "codex.trace-exporter", Problem, "otel.trace_exporter=none (~/.codex/config.toml:", "setup codex"),
        new("no trace_exporter", user => user.Codex("trace_exporter", null), Codex, "codex.trace-exporter", Problem, "otel.trace_exporter is not set", "setup codex"),
        new("no exporter of log records", user => user.Codex("exporter", null), Codex, "codex.exporter", Problem, "otel.exporter is not set", "setup codex"),
        new("metrics go to codex's maker", user => user.Codex("metrics_exporter", null), Codex, "codex.metrics", Warning, "otel.metrics_exporter is not set", "metrics_exporter"),
        new("an HTTP endpoint without its path", user => user.Codex("trace_exporter", """{ otlp-http = { endpoint = "http://127.0.0.1:4318", protocol = "binary" } }"""),
            Codex, "codex.path", Problem, "http://127.0.0.1:4318 (~/.codex/config.toml:", "endpoint = \"http://127.0.0.1:4318/v1/traces\""),
        new("codex's spans go elsewhere", user => user.Codex("trace_exporter", """{ otlp-grpc = { endpoint = "http://collector.local:4317" } }"""),
            Codex, "codex.endpoint", Problem, "http://collector.local:4317", "setup codex"),
        new("codex hands only core variables on", user => user.Write("home/.codex/config.toml", File.ReadAllText(Path.Combine(user.Home, ".codex", "config.toml")) + "\n[shell_environment_policy]\ninherit = \"core\"\n"),
            Codex, "codex.environment", Warning, "shell_environment_policy.inherit=core", "inherit = \"all\""),
        new("codex's settings are broken", user => user.Write("home/.codex/config.toml", "[otel]\nexporter = \n"), Codex, "codex.file", Problem, "~/.codex/config.toml", "~/.codex/config.toml"),
    ];

    private static Trap[] OfTheShell =>
    [
        new("an unsampled TRACEPARENT", user => user.Environment["TRACEPARENT"] = Unsampled, Shell, "shell.traceparent", Problem, Unsampled, "unset TRACEPARENT"),
        new("a TRACEPARENT outside of any agent", user => user.Environment["TRACEPARENT"] = Sampled, Shell, "shell.traceparent", Warning, Sampled, "unset TRACEPARENT"),
        new("a TRACEPARENT that is none", user => user.Environment["TRACEPARENT"] = "yes", Shell, "shell.traceparent", Warning, "TRACEPARENT=yes", "unset TRACEPARENT"),
        new("OTEL_SDK_DISABLED", user => user.Environment["OTEL_SDK_DISABLED"] = "true", Shell, "shell.sdk-disabled", Problem, "OTEL_SDK_DISABLED=true", "unset OTEL_SDK_DISABLED"),
        new("a sampler that drops all", user => user.Environment["OTEL_TRACES_SAMPLER"] = "parentbased_always_off", Shell, "shell.sampler", Problem, "parentbased_always_off", "unset OTEL_TRACES_SAMPLER"),
        new("a sampler that drops a part", user =>
        {
            user.Environment["OTEL_TRACES_SAMPLER"] = "traceidratio";
            user.Environment["OTEL_TRACES_SAMPLER_ARG"] = "0.1";
        }, Shell, "shell.sampler", Problem, "OTEL_TRACES_SAMPLER_ARG=0.1", "unset OTEL_TRACES_SAMPLER OTEL_TRACES_SAMPLER_ARG"),
        new("OTEL_SERVICE_NAME", user => user.Environment["OTEL_SERVICE_NAME"] = "mine", Shell, "shell.service-name", Warning, "OTEL_SERVICE_NAME=mine", "unset OTEL_SERVICE_NAME"),
        new("a small span queue", user => user.Environment["OTEL_BSP_MAX_QUEUE_SIZE"] = "512", Shell, "shell.queue", Warning, "=512", "OTEL_BSP_MAX_QUEUE_SIZE=65536"),
        new("a long batch delay", user => user.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "60000", Shell, "shell.delay", Warning, "=60000", "unset OTEL_BSP_SCHEDULE_DELAY"),
        new("values cut short", user => user.Environment["OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"] = "128", Shell, "shell.value-length", Warning, "=128", "unset OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"),
        new("a proxy that does not spare loopback", user => user.Environment["http_proxy"] = "http://user:hush@proxy.local:3128", Shell, "shell.proxy", Warning, "http_proxy is set", "no_proxy=\"127.0.0.1,localhost"),
        new("BASH_ENV names nothing", user => user.Environment["BASH_ENV"] = "/nowhere/env.sh", Shell, "shell.bash-env", Warning, "/nowhere/env.sh", "unset BASH_ENV"),
        new("BASH_ENV elsewhere inside agentobs run", user =>
        {
            user.Environment["AGENTOBS_RUN_ID"] = "r1";
            user.Environment["BASH_ENV"] = user.Write("home/own-env.sh", "");
            user.Program("codex", "", "home/data/agentobs/launcher/bin");
            user.Environment["PATH"] = $"{user.Home}/data/agentobs/launcher/bin:{user.Environment["PATH"]}";
        }, Shell, "shell.bash-env", Warning, "own-env.sh", "launcher/agentobs-env.sh"),
        new("shims behind other folders inside agentobs run", user =>
        {
            user.Environment["AGENTOBS_RUN_ID"] = "r1";
            user.Environment["BASH_ENV"] = $"{user.Home}/data/agentobs/launcher/agentobs-env.sh";
        }, Shell, "shell.shims", Warning, "/home/bin", "launcher/bin"),
    ];

    private static Trap[] OfOthers =>
    [
        new("copilot is told nothing", user => user.Program("copilot", ""), Others, "others.off", Warning, $"{Endpoint} is not set", $"{Endpoint}=http://127.0.0.1:4318"),
        new("goose is sent elsewhere by the shell", user =>
        {
            user.Program("goose", "");
            user.Environment[Endpoint] = "http://127.0.0.1:9999";
        }, Others, "others.endpoint", Problem, ":9999", $"{Endpoint}=http://127.0.0.1:4318"),
        new("gemini's settings are broken", user =>
        {
            user.Program("gemini", "");
            user.Write("home/.gemini/settings.json", "{ oops");
        }, Others, "others.file", Problem, "~/.gemini/settings.json", "~/.gemini/settings.json"),
        new("gemini's telemetry is off", user => user.Program("gemini", ""), Others, "others.off", Warning, "telemetry.enabled is not set", "\"telemetry\""),
        new("gemini, gRPC only, is pulled to the collector's HTTP port by the shell", user =>
        {
            user.Program("gemini", "");
            user.Write("home/.gemini/settings.json", """{ "telemetry": { "enabled": true, "target": "local", "otlpEndpoint": "http://127.0.0.1:4317", "otlpProtocol": "grpc" } }""");
            user.Environment[Endpoint] = "http://127.0.0.1:4318";
        }, Others, "others.endpoint", Problem, $"{Endpoint}=http://127.0.0.1:4318 (this shell) stands before", $"{Endpoint}=http://127.0.0.1:4317") { Containers = true },
        new("qwen hands no trace on", user =>
        {
            user.Program("qwen", "");
            user.Write("home/.qwen/settings.json", """{ "telemetry": { "enabled": true, "otlpEndpoint": "http://127.0.0.1:4317", "otlpProtocol": "grpc" } }""");
        }, Others, "others.qwen-propagate", Warning, "propagateTraceContext is not set", "propagateTraceContext"),
        new("opencode without its experiment", user =>
        {
            user.Program("opencode", "");
            user.Environment[Endpoint] = "http://127.0.0.1:4318";
        }, Others, "others.opencode", Warning, "experimental.openTelemetry is not set", "openTelemetry"),
    ];
}
