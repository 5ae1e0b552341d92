using System.Text.RegularExpressions;

namespace AgentObs.Query;

/// <summary>
/// Codex 0.169 with any front end (<c>codex_exec</c>, <c>codex_sdk_ts</c>, <c>codex-app-server</c>). The key <c>thread.id</c> occurs twice: the OS
/// thread's number and the conversation's uuid. Input tokens include cached ones. Span status is never set, and a command that fails is
/// <c>success=true</c>: its exit code stands in the text of the tool_result record alone.
/// </summary>
internal sealed partial class Codex : AgentClient
{
    public override string Key => "codex";

    public override string Program => "codex";

    public override bool RunIsInsideSession => true;

    public override bool PassesTraceParentOn => true;

    public override Regex Invocation => Starts();

    public override bool LogsNameCalls => true;

    public override SpanReading Read(SpanRow span, SpanRule rule)
    {
        var a = span.Attributes;
        var run = RunOf(span);
        var turn = a.FirstOf("turn.id", "turn_id") is { Length: > 0 } id ? id : span.TurnId;
        switch (rule.As)
        {
            case SpanRole.Fold when run.Length == 0 && turn.Length == 0 && !rule.Boundary:
                return FailedRequest(span) is { } request
                        ? new SpanReading { Role = SpanRole.Attempt, Failed = true, Error = RequestError(request), Stamp = request.First("event.timestamp") }
                    : ToolResultFailed(span) ? new SpanReading { Failed = true }
                    : a.First("model") is { Length: > 0 } model ? new SpanReading { Model = model }
                    : SpanReading.Folded;
            case SpanRole.Turn:
                return new SpanReading
                {
                    Role = SpanRole.Turn,
                    Boundary = rule.Boundary,
                    Primary = rule.Primary,
                    RunId = run,
                    TurnId = turn,
                    Name = "prompt",
                    Model = a.First("model"),
                    TurnTokens = a.Has("codex.turn.token_usage.total_tokens") ? TurnSum(a) : null,
                };
            case SpanRole.ModelCall:
                return new SpanReading { Role = SpanRole.ModelCall, RunId = run, TurnId = turn };
            case SpanRole.Usage:
                return new SpanReading { Role = SpanRole.Usage, RunId = run, TurnId = turn, Tokens = Usage(a) };
            case SpanRole.ToolCall:
                var aborted = a.Is("aborted", "true");
                return new SpanReading
                {
                    Role = SpanRole.ToolCall,
                    RunId = run,
                    TurnId = turn,
                    CallId = a.First("call_id"),
                    Name = a.First("tool_name"),
                    Failed = aborted,
                    Error = aborted ? "aborted" : "",
                };
            default:
                return new SpanReading
                {
                    Role = rule.As,
                    Boundary = rule.Boundary,
                    Primary = rule.Primary,
                    RunId = run,
                    TurnId = turn,
                    Name = span.Name == "mcp.tools.call" ? $"mcp__{a.First("mcp.server.name")}__{a.First("tool.name")}" : "",
                    CallId = a.FirstOf("call_id", "tool.call_id"),
                    Folder = a.First("cwd"),
                    Model = a.First("model"),
                    Failed = ToolResultFailed(span),
                };
        }
    }

    public override LogReading Read(LogRow log)
    {
        var a = log.Attributes;
        var role = log.Event switch
        {
            "codex.user_prompt" => LogRole.Prompt,
            "codex.conversation_starts" => LogRole.RunStart,
            "codex.sse_event" when a.Has("input_token_count") => LogRole.Response,
            "codex.sse_event" when a.First("event.kind") is "response.failed" or "response.incomplete" || a.Has("error.message") => LogRole.ResponseError,
            "codex.api_request" when IsFailedRequest(a) => LogRole.ResponseError,
            "codex.tool_decision" => LogRole.ToolDecision,
            "codex.tool_result" => LogRole.ToolResult,
            _ => LogRole.None,
        };
        var run = a.First("conversation.id") is { Length: > 0 } id ? id : log.RunId;
        if (role == LogRole.None)
        {
            return new LogReading { RunId = run };
        }

        var output = role == LogRole.ToolResult ? a.First("output") : "";
        var exit = CommandOutput.ExitCode(output);
        var command = role == LogRole.ToolResult ? CommandOf(a.First("arguments")) : "";
        var failed = role == LogRole.ResponseError || exit is not (null or 0) || a.Is("success", "false");
        return new LogReading
        {
            Role = role,
            RunId = run,
            SpansOff = role is not (LogRole.Response or LogRole.ResponseError) && (log.TraceId.Length == 0 || (log.TraceFlags & 1) == 0),
            Stamp = a.First("event.timestamp"),
            CallId = a.First("call_id"),
            Name = ToolName(a),
            Model = a.First("model"),
            Command = command,
            Detail = role == LogRole.Prompt ? a.First("prompt") : command.Length > 0 ? command : a.First("arguments"),
            ExitCode = exit,
            Failed = failed,
            Succeeded = role == LogRole.ToolResult && !failed,
            Error = role == LogRole.ResponseError
                ? RequestError(a)
                : failed ? CommandOutput.Error(output, exit) : "",
            DurationNano = a.Long("duration_ms") * 1_000_000,
            Tokens = role == LogRole.Response ? Logged(a) : null,
        };
    }

    private static string RunOf(SpanRow span)
    {
        var a = span.Attributes;
        return a.FirstOf("conversation.id", "thread_id") is { Length: > 0 } id ? id
            : a.WithLength36("thread.id") is { Length: > 0 } thread ? thread
            : span.RunId;
    }

    private static TokenCounts Disjoint(long input, long cacheRead, long cacheWrite, long output, long reasoning) =>
        new(Math.Max(0, input - cacheRead - cacheWrite), cacheRead, cacheWrite, Math.Max(0, output - reasoning), reasoning);

    private static TokenCounts Usage(AttributeMap a) => Disjoint(
        a.Long("gen_ai.usage.input_tokens"),
        a.Long("gen_ai.usage.cache_read.input_tokens"),
        a.Long("gen_ai.usage.cache_write.input_tokens"),
        a.Long("gen_ai.usage.output_tokens"),
        a.Long("codex.usage.reasoning_output_tokens"));

    private static TokenCounts TurnSum(AttributeMap a) => Disjoint(
        a.Long("codex.turn.token_usage.input_tokens"),
        a.Long("codex.turn.token_usage.cached_input_tokens"),
        a.Long("codex.turn.token_usage.cache_write_input_tokens"),
        a.Long("codex.turn.token_usage.output_tokens"),
        a.Long("codex.turn.token_usage.reasoning_output_tokens"));

    private static TokenCounts Logged(AttributeMap a) => Disjoint(
        a.Long("input_token_count"),
        a.Long("cached_token_count"),
        a.Long("cache_write_token_count"),
        a.Long("output_token_count"),
        a.Long("reasoning_token_count"));

    // {"cmd":"ls -a"}; older tools: {"command":["bash","-lc","ls"]}
    private static string CommandOf(string arguments) => AttributeText.JsonMember(arguments, "cmd", "command");

    private static string ToolName(AttributeMap a) => a.First("mcp_server") is { Length: > 0 } server
        ? $"mcp__{server}__{a.First("tool_name")}"
        : a.First("tool_name");

    // The span of a request repeats the record of it as an event, without content: of a codex that ended with an error often all there is.
    private static AttributeMap? FailedRequest(SpanRow span)
    {
        foreach (var e in span.Events)
        {
            if (e.Attributes.Is("event.name", "codex.api_request") && IsFailedRequest(e.Attributes))
            {
                return e.Attributes;
            }
        }

        return null;
    }

    private static bool IsFailedRequest(AttributeMap a) => a.Has("error.message") || a.Long("http.response.status_code") >= 400;

    private static string RequestError(AttributeMap a) =>
        a.FirstOf("error.message", "event.kind") is { Length: > 0 } text ? text : $"HTTP {a.First("http.response.status_code")}";

    private static bool ToolResultFailed(SpanRow span)
    {
        foreach (var e in span.Events)
        {
            if (e.Attributes.Is("event.name", "codex.tool_result") && e.Attributes.Is("success", "false"))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("""(?<![\w.\-])codex(?=\s+["'\-\w])""")]
    private static partial Regex Starts();
}
