using System.Text.RegularExpressions;

namespace AgentObs.Query;

/// <summary>
/// Claude Code 2.1: scopes <c>com.anthropic.claude_code.tracing</c> and <c>.events</c>. A program that starts Claude through its SDK lends it
/// its own service.name, so the scope alone tells.
/// </summary>
internal sealed partial class ClaudeCode : AgentClient
{
    private const string Notification = "<task-notification>";

    public override string Key => "claude-code";

    public override string Program => "claude";

    public override int RootRank => 0;

    public override Regex Invocation => Starts();

    public override bool LogsNameCalls => true;

    public override SpanReading Read(SpanRow span, SpanRule rule)
    {
        var a = span.Attributes;
        var run = a.First("session.id") is { Length: > 0 } id ? id : span.RunId;
        var subagent = a.First("agent_id");
        switch (rule.As)
        {
            case SpanRole.Turn:
                var prompt = Shown(a.First("user_prompt"));
                return new SpanReading
                {
                    Role = SpanRole.Turn,
                    Primary = true,
                    Boundary = true,
                    RunId = run,
                    Name = "prompt",
                    Detail = prompt,
                    Prompt = prompt,
                    NoTurn = IsNoTurn(prompt),
                    NotifiedCallId = NotifiedCall(prompt),
                    PromptNumber = (int)a.Long("interaction.sequence"),
                };
            case SpanRole.ModelCall:
                var failed = a.Is("success", "false") || span.StatusCode == "Error";
                return new SpanReading
                {
                    Role = SpanRole.ModelCall,
                    RunId = run,
                    SubagentId = subagent,
                    ResponseId = a.FirstOf("request_id", "gen_ai.response.id"),
                    Name = a.FirstOf("model", "gen_ai.request.model"),
                    Model = a.FirstOf("model", "gen_ai.request.model"),
                    Failed = failed,
                    Succeeded = a.Is("success", "true"),
                    Error = failed ? a.FirstOf("error", "error_class") : "",
                    Tokens = Tokens(a),
                    AsksForTool = a.Is("stop_reason", "tool_use"),
                    ParentRole = a.Is("llm_request.context", "tool") ? SpanRole.Merge : SpanRole.Turn,
                };
            case SpanRole.ToolCall:
                var command = a.First("full_command") is { Length: > 0 } full ? full : FromOutput(span, "bash_command");
                return new SpanReading
                {
                    Role = SpanRole.ToolCall,
                    RunId = run,
                    SubagentId = subagent,
                    CallId = a.FirstOf("tool_use_id", "gen_ai.tool.call.id"),
                    Name = a.FirstOf("tool_name", "gen_ai.tool.name"),
                    Command = command,
                    Detail = command.Length > 0 ? command
                        : a.FirstOf("file_path", "subagent_type") is { Length: > 0 } path ? path : FromOutput(span, "file_path"),
                    ParentRole = subagent.Length > 0 ? SpanRole.Merge : SpanRole.Turn,
                };
            case SpanRole.Merge:
                return new SpanReading
                {
                    Role = SpanRole.Merge,
                    RunId = run,
                    SubagentId = subagent,
                    CallId = a.FirstOf("tool_use_id", "gen_ai.tool.call.id"),
                    Failed = a.Is("success", "false") || span.StatusCode == "Error",
                    Succeeded = a.Is("success", "true"),
                    Error = a.First("error"),
                    ParentRole = SpanRole.ToolCall,
                };
            case SpanRole.PermissionWait:
                var decision = a.First("decision");
                return new SpanReading
                {
                    Role = SpanRole.PermissionWait,
                    RunId = run,
                    SubagentId = subagent,
                    Name = "permission",
                    Detail = Join(decision, a.First("source")),
                    ParentRole = SpanRole.ToolCall,
                };
            default:
                return new SpanReading { Role = rule.As, RunId = run, SubagentId = subagent, Name = span.Name, ParentRole = SpanRole.Turn };
        }
    }

    public override LogReading Read(LogRow log)
    {
        var a = log.Attributes;
        var role = log.Event switch
        {
            "user_prompt" => LogRole.Prompt,
            "api_request" => LogRole.Response,
            "api_error" => LogRole.ResponseError,
            "tool_decision" => LogRole.ToolDecision,
            "tool_result" => LogRole.ToolResult,
            "subagent_completed" => LogRole.SubagentDone,
            _ => LogRole.None,
        };
        var prompt = role == LogRole.Prompt ? Shown(a.FirstOf("prompt", "prompt_text")) : "";
        var parameters = a.First("tool_parameters");
        var command = role is LogRole.ToolDecision or LogRole.ToolResult
            ? AttributeText.JsonMember(parameters, "full_command") is { Length: > 0 } full ? full : AttributeText.JsonMember(a.First("tool_input"), "command")
            : "";
        return new LogReading
        {
            Role = role,
            RunId = a.First("session.id") is { Length: > 0 } id ? id : log.RunId,
            TurnId = a.First("prompt.id"),
            CallId = a.First("tool_use_id"),
            ResponseId = a.First("request_id"),
            SubagentId = a.First("agent_id"),
            Model = a.First("model"),
            Name = role == LogRole.SubagentDone ? a.First("agent_type") : ToolName(a, parameters),
            Command = command,
            Detail = role switch
            {
                LogRole.Prompt => prompt,
                LogRole.ToolDecision or LogRole.ToolResult => command.Length > 0 ? command
                    : AttributeText.JsonMember(a.First("tool_input"), "file_path", "path", "pattern", "url", "query", "description") is { Length: > 0 } input ? input
                    : AttributeText.JsonMember(parameters, "subagent_type"),
                _ => "",
            },
            NoTurn = role == LogRole.Prompt && IsNoTurn(prompt),
            NotifiedCallId = role == LogRole.Prompt ? NotifiedCall(prompt) : "",
            Failed = role == LogRole.ResponseError || a.Is("success", "false"),
            Succeeded = a.Is("success", "true"),
            Error = a.FirstOf("error", "error_type"),
            DurationNano = a.Long("duration_ms") * 1_000_000,
            Tokens = role == LogRole.Response ? Tokens(a) : null,
            Sequence = a.Has("event.sequence") ? a.Long("event.sequence") : -1,
        };
    }

    private static TokenCounts? Tokens(AttributeMap a) => a.Has("input_tokens") || a.Has("output_tokens")
        ? new TokenCounts(a.Long("input_tokens"), a.Long("cache_read_tokens"), a.Long("cache_creation_tokens"), a.Long("output_tokens"), 0)
        : null;

    // A prompt that was not to be recorded is sent as this word.
    private static string Shown(string prompt) => prompt == "<REDACTED>" ? "" : prompt;

    private static bool IsNoTurn(string prompt) => prompt.StartsWith(Notification, StringComparison.Ordinal) || prompt.Trim() is "/exit" or "/quit";

    // <task-notification>\n<task-id>..</task-id>\n<tool-use-id>toolu_..</tool-use-id>
    private static string NotifiedCall(string prompt) =>
        prompt.StartsWith(Notification, StringComparison.Ordinal) && NotifiedCallId().Match(prompt) is { Success: true } match ? match.Groups[1].Value : "";

    // The events of an MCP call say `mcp_tool`; the names are in tool_parameters.
    private static string ToolName(AttributeMap a, string parameters)
    {
        var name = a.First("tool_name");
        return name == "mcp_tool" && AttributeText.JsonMember(parameters, "mcp_server_name") is { Length: > 0 } server
            ? $"mcp__{server}__{AttributeText.JsonMember(parameters, "mcp_tool_name")}"
            : name;
    }

    private static string FromOutput(SpanRow span, string key)
    {
        foreach (var e in span.Events)
        {
            if (e.Name == "tool.output")
            {
                return e.Attributes.First(key);
            }
        }

        return "";
    }

    private static string Join(string left, string right) => right.Length == 0 ? left : left.Length == 0 ? right : $"{left} ({right})";

    [GeneratedRegex(@"<tool-use-id>([^<]+)</tool-use-id>")]
    private static partial Regex NotifiedCallId();

    [GeneratedRegex("""(?<![\w.\-])claude(?=\s+["'\-\w])""")]
    private static partial Regex Starts();
}
