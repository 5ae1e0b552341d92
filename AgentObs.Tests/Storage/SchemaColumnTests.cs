using AgentObs.Storage;

namespace AgentObs.Tests.Storage;

/// <summary>What the table makes of each client's attributes: the id of its run and its tokens in disjoint buckets.</summary>
public sealed class SchemaColumnTests(SharedDatabase shared) : IClassFixture<SharedDatabase>
{
    private const string Uuid = "0199f0aa-1111-7222-8333-444455556666";

    private static readonly SqlFile InsertSpan = new(
        "insert span",
        """
        INSERT INTO otel_traces (Timestamp, TraceId, SpanId, ParentSpanId, SpanName, ServiceName, ScopeName, ResourceAttributes, SpanAttributes)
        SELECT now64(9), {trace:String}, 'b7ad6b7169203331', {parent:String}, {name:String}, {service:String}, {scope:String}, {resource:Map(String, String)}, {attributes:Map(String, String)}
        """);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("my-orchestrator", "com.anthropic.claude_code.tracing", "claude_code.tool", "session.id=s1;gen_ai.conversation.id=s1", "", "s1")]
    [InlineData("codex_exec", "codex_exec", "session_task.turn", "thread.id=" + Uuid, "", Uuid)]
    [InlineData("codex_exec", "codex_exec", "session_loop", "thread_id=" + Uuid, "", Uuid)]
    [InlineData("codex_exec", "codex_exec", "codex.exec", "thread.id=17", "", "")]
    [InlineData("codex-app-server", "", "auth", "", "", "")]
    [InlineData("mine", "codex_otel", "auth", "", "", "")]
    [InlineData("github-copilot", "github.copilot", "chat gpt", "gen_ai.conversation.id=c1", "", "c1")]
    [InlineData("qwen-code", "", "qwen-code.tool", "session.id=q1;gen_ai.conversation.id=q1", "", "q1")]
    [InlineData("gemini-cli", "", "llm_call", "", "session.id=g1", "g1")]
    [InlineData("goose", "goose", "reply", "session.id=20261122_1", "host.name=laptop", "laptop/20261122_1")]
    [InlineData("opencode", "", "sql.execute", "", "", "")]
    [InlineData("my-app", "my.scope", "work", "thread.id=17", "", "trace:{trace}")]
    public async Task A_run_is_known_by_its_clients_own_id(string service, string scope, string name, string attributes, string resource, string runId)
    {
        var (store, trace) = (shared.Store, SharedDatabase.NewTraceId());
        runId = runId.Replace("{trace}", trace, StringComparison.Ordinal);
        await InsertAsync(store, trace, service, scope, name, attributes, resource);
        Assert.Equal(runId, await store.SingleAsync<string>($"SELECT RunId FROM otel_traces WHERE TraceId = '{trace}'", Cancellation));
        Assert.Equal(runId.Length == 0 ? 0 : 1, await store.SingleAsync<int>($"SELECT count() FROM agentobs_run_traces WHERE TraceId = '{trace}'", Cancellation));
        Assert.Equal(runId, await store.SingleAsync<string>($"SELECT max(RunId) FROM agentobs_traces WHERE TraceId = '{trace}'", Cancellation));
    }

    [Theory]
    [InlineData("claude-code", "claude_code.llm_request", "input_tokens=10;output_tokens=20;cache_read_tokens=30;cache_creation_tokens=40", "1 10 30 40 20 0")]
    [InlineData("codex_exec", "handle_responses", "gen_ai.usage.input_tokens=100;gen_ai.usage.cache_read.input_tokens=60;gen_ai.usage.cache_write.input_tokens=5;gen_ai.usage.output_tokens=50;codex.usage.reasoning_output_tokens=20", "1 35 60 5 30 20")]
    [InlineData("codex_exec", "session_task.turn", "codex.turn.token_usage.input_tokens=100;codex.turn.token_usage.cached_input_tokens=60;codex.turn.token_usage.cache_write_input_tokens=0;codex.turn.token_usage.output_tokens=50;codex.turn.token_usage.reasoning_output_tokens=20;codex.turn.token_usage.total_tokens=150", "2 40 60 0 30 20")]
    [InlineData("github-copilot", "chat gpt", "gen_ai.operation.name=chat;gen_ai.usage.input_tokens=4200;gen_ai.usage.cache_read.input_tokens=3000;gen_ai.usage.output_tokens=70;gen_ai.usage.reasoning.output_tokens=10", "1 1200 3000 0 60 10")]
    [InlineData("github-copilot", "invoke_agent", "gen_ai.operation.name=invoke_agent;gen_ai.usage.input_tokens=4200;gen_ai.usage.output_tokens=70", "0 0 0 0 0 0")]
    [InlineData("qwen-code", "qwen-code.llm_request", "gen_ai.usage.input_tokens=9;gen_ai.usage.cache_creation.input_tokens=4;gen_ai.usage.output_tokens=8;thoughts_token_count=3", "1 5 0 4 5 3")]
    [InlineData("gemini-cli", "llm_call", "gen_ai.usage.input_tokens=9;gen_ai.usage.output_tokens=8;thoughts_token_count=3", "1 9 0 0 8 3")]
    [InlineData("app", "OpenAI Responses", "openinference.span.kind=LLM;llm.token_count.prompt=100;llm.token_count.prompt_details.cache_read=40;llm.token_count.completion=30;llm.token_count.completion_details.reasoning=10", "1 60 40 0 20 10")]
    [InlineData("app", "agent", "openinference.span.kind=AGENT;llm.token_count.prompt=100;llm.token_count.completion=30", "0 0 0 0 0 0")]
    [InlineData("opencode", "ai.streamText.doStream", "ai.usage.inputTokens=100;ai.usage.inputTokenDetails.cacheReadTokens=60;ai.usage.inputTokenDetails.cacheWriteTokens=10;ai.usage.outputTokens=30;ai.usage.reasoningTokens=10", "1 30 60 10 20 10")]
    [InlineData("opencode", "ai.streamText", "ai.usage.inputTokens=100;ai.usage.outputTokens=30", "0 0 0 0 0 0")]
    [InlineData("app", "bad", "gen_ai.usage.input_tokens=many;gen_ai.usage.cache_read.input_tokens=5;gen_ai.usage.output_tokens=-1", "1 0 5 0 0 0")]
    public async Task Tokens_fall_into_disjoint_buckets(string service, string name, string attributes, string tokens)
    {
        var (store, trace) = (shared.Store, SharedDatabase.NewTraceId());
        await InsertAsync(store, trace, service, "", name, attributes, "");
        Assert.Equal(tokens, await store.SingleAsync<string>(
            "SELECT concat(toString(TokenSource), ' ', toString(TokInput), ' ', toString(TokCacheRead), ' ', toString(TokCacheWrite), ' ', "
            + "toString(TokOutput), ' ', toString(TokReasoning)) "
            + $"FROM otel_traces WHERE TraceId = '{trace}'",
            Cancellation));
    }

    [Fact]
    public async Task A_span_that_never_ends_or_ends_before_it_starts_is_a_point_for_its_trace()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        await store.InsertAsync(Spans.Block(3).Numbers("Duration", i => i == 0 ? ulong.MaxValue - 99 : i == 1 ? 16_651_516_800_000_000_000 : 5), Cancellation);
        Assert.Equal(7, await store.SingleAsync<int>("SELECT toUnixTimestamp64Nano(max(End)) - toUnixTimestamp64Nano(min(Start)) FROM agentobs_traces", Cancellation));
    }

    private static Task InsertAsync(ClickHouseStore store, string trace, string service, string scope, string name, string attributes, string resource) =>
        store.ExecuteAsync(
            InsertSpan,
            new Dictionary<string, object?>
            {
                ["trace"] = trace,
                ["parent"] = "00f067aa0ba902b7",
                ["name"] = name,
                ["service"] = service,
                ["scope"] = scope,
                ["resource"] = Pairs(resource),
                ["attributes"] = Pairs(attributes),
            },
            Cancellation);

    private static Dictionary<string, string> Pairs(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
}
