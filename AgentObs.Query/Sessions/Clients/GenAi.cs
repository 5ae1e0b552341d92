using System.Text.RegularExpressions;

namespace AgentObs.Query;

/// <summary>
/// Agents and programs that follow the OTel GenAI conventions (Copilot CLI and what comes later), or OpenInference's. Input tokens include
/// cached ones and output includes reasoning. An <c>invoke_agent</c> span repeats the sum of its model calls: it never counts.
/// </summary>
internal sealed partial class GenAi : AgentClient
{
    public override string Key => "gen-ai";

    /// <summary>The agent names itself by its service: <c>github-copilot</c>. A program that only calls models has no conversation.</summary>
    public override string AgentOf(string service, bool conversation) => service.Length == 0 || !conversation ? "sdk" : service;

    public override Regex Invocation => Starts();

    public override bool PassesTraceParentOn => true;

    public override bool BorrowsRun => true;

    public override SpanReading Read(SpanRow span, SpanRule rule)
    {
        var a = span.Attributes;
        var run = a.FirstOf("gen_ai.conversation.id", "session.id") is { Length: > 0 } id ? id : OwnId(span);
        var model = a.FirstOf("gen_ai.response.model", "gen_ai.request.model", "llm.model_name");
        var failed = span.StatusCode == "Error";
        var error = failed ? Exception(span) is { Length: > 0 } text ? text : span.StatusMessage.Length > 0 ? span.StatusMessage : a.First("error.type") : "";
        if (rule.As != SpanRole.ModelCall && span.Scope.Contains("claude", StringComparison.Ordinal))
        {
            // OpenInference's instrumentation of the Claude Agent SDK repeats what Claude itself reports: an AGENT with summed tokens, each tool again.
            return new SpanReading { RunId = run, Failed = failed };
        }

        switch (rule.As)
        {
            case SpanRole.AgentRun:
                return new SpanReading
                {
                    Role = SpanRole.AgentRun,
                    Primary = true,
                    RunId = run,
                    Name = a.First("gen_ai.agent.name"),
                    Prompt = UserText(a),
                    Failed = failed,
                    Error = error,
                };
            case SpanRole.ModelCall:
                return new SpanReading
                {
                    Role = SpanRole.ModelCall,
                    RunId = run,
                    Name = model.Length > 0 ? model : span.Name,
                    Model = model,
                    Prompt = UserText(a),
                    Failed = failed,
                    Error = error,
                    Tokens = Tokens(a),
                };
            case SpanRole.ToolCall:
                var exit = a.Has("process.exit.code") ? (int?)a.Long("process.exit.code") : null;
                var arguments = a.FirstOf("gen_ai.tool.call.arguments", "input.value");
                var command = a.First("github.copilot.tool.parameters.command") is { Length: > 0 } c ? c : AttributeText.JsonMember(arguments, "command", "cmd");
                var failedExit = exit is not (null or 0);
                return new SpanReading
                {
                    Role = SpanRole.ToolCall,
                    RunId = run,
                    CallId = a.First("gen_ai.tool.call.id"),
                    Name = ToolName(span),
                    Command = command,
                    Detail = command.Length > 0 ? command : AttributeText.JsonMember(arguments, "path", "file_path", "pattern", "query", "url", "description", "prompt"),
                    ExitCode = exit,
                    Failed = failed || failedExit,
                    Succeeded = exit == 0,
                    Error = failedExit ? CommandOutput.Error(a.First("gen_ai.tool.call.result"), exit) : error,
                };
            default:
                return new SpanReading { Role = SpanRole.Span, RunId = run, Name = span.Name, Failed = failed, Error = error };
        }
    }

    private static TokenCounts? Tokens(AttributeMap a)
    {
        if (a.Has("llm.token_count.prompt") || a.Has("llm.token_count.completion"))
        {
            return Disjoint(
                a.Tokens("llm.token_count.prompt"),
                a.Tokens("llm.token_count.prompt_details.cache_read"),
                a.Tokens("llm.token_count.prompt_details.cache_write"),
                a.Tokens("llm.token_count.completion"),
                a.Tokens("llm.token_count.completion_details.reasoning"));
        }

        return a.Has("gen_ai.usage.input_tokens") || a.Has("gen_ai.usage.output_tokens")
            ? Disjoint(
                a.Tokens("gen_ai.usage.input_tokens"),
                a.Tokens("gen_ai.usage.cache_read.input_tokens"),
                a.Has("gen_ai.usage.cache_write.input_tokens") ? a.Tokens("gen_ai.usage.cache_write.input_tokens") : a.Tokens("gen_ai.usage.cache_creation.input_tokens"),
                a.Tokens("gen_ai.usage.output_tokens"),
                a.Tokens("gen_ai.usage.reasoning.output_tokens"))
            : null;
    }

    private static TokenCounts Disjoint(long input, long cacheRead, long cacheWrite, long output, long reasoning) =>
        new(Math.Max(0, input - cacheRead - cacheWrite), cacheRead, cacheWrite, Math.Max(0, output - reasoning), reasoning);

    // An MCP tool's span is `execute_tool <server>-<tool>`.
    private static string ToolName(SpanRow span)
    {
        var a = span.Attributes;
        var name = a.FirstOf("gen_ai.tool.name", "tool.name");
        var server = a.First("github.copilot.tool.parameters.mcp_server_name");
        if (server.Length > 0)
        {
            var tool = name.StartsWith(server + "-", StringComparison.Ordinal) ? name[(server.Length + 1)..] : name;
            return $"mcp__{server}__{tool}";
        }

        return name.Length > 0 ? name : span.Name;
    }

    // [{"role":"user","parts":[{"type":"text","content":"..."}]}]: the first text of the first user message.
    private static string UserText(AttributeMap a) =>
        a.First("gen_ai.input.messages") is { Length: > 0 } messages && UserContent().Match(messages) is { Success: true } match
            ? Unwrapped(Regex.Unescape(match.Groups[1].Value))
            : a.First("llm.input_messages.0.message.role") == "user" ? a.First("llm.input_messages.0.message.content") : "";

    // Copilot writes <current_datetime>...</current_datetime> over what the person typed.
    private static string Unwrapped(string text)
    {
        var rest = LeadingTag().Replace(text, "").Trim();
        return rest.Length > 0 ? rest : text.Trim();
    }

    private static string Exception(SpanRow span)
    {
        foreach (var e in span.Events)
        {
            var message = e.Attributes.FirstOf("github.copilot.message", "exception.message");
            if (message.Length > 0)
            {
                return message;
            }
        }

        return "";
    }

    [GeneratedRegex("""(?<![\w.\-])copilot(?=\s+["'\-\w])""")]
    private static partial Regex Starts();

    [GeneratedRegex(@"\A(?:\s*<(?<tag>[\w-]+)>.*?</\k<tag>>)+", RegexOptions.Singleline)]
    private static partial Regex LeadingTag();

    [GeneratedRegex("""^\[\s*(?:\{"role":"system".*?\},\s*)?\{"role":"user","parts":\[\{"type":"text","content":"((?:[^"\\]|\\["\\/nt])*)""")]
    private static partial Regex UserContent();
}
