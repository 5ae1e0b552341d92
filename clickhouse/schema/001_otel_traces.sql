-- Spans. The first 22 columns are the stock exporter's, names and types: it inserts exactly those. All others have defaults of ours.
--
-- One row per span, sometimes more: senders and collectors repeat requests. ReplacingMergeTree drops repeated rows whenever it merges, so
-- readers keep one row themselves (LIMIT 1 BY TraceId, SpanId).
--
-- Partitioned by the month of receipt, not by the span's own clock: a commit lands in one partition whatever its clocks say (a history of
-- years, a clock in 1677), a cursor on ReceivedAt opens only new parts, and retention goes by receipt. Times are found by the primary key.
-- A repeated row still meets its twin, unless the repetition crossed midnight at a month's end: then both stay and readers drop one.
CREATE TABLE IF NOT EXISTS otel_traces (
    Timestamp DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    TraceId String CODEC(ZSTD(1)),
    SpanId String CODEC(ZSTD(1)),
    ParentSpanId String CODEC(ZSTD(1)),
    TraceState String CODEC(ZSTD(1)),
    SpanName LowCardinality(String) CODEC(ZSTD(1)),
    SpanKind LowCardinality(String) CODEC(ZSTD(1)),
    ServiceName LowCardinality(String) CODEC(ZSTD(1)),
    ResourceAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    ScopeName String CODEC(ZSTD(1)),
    ScopeVersion String CODEC(ZSTD(1)),
    SpanAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    Duration UInt64 CODEC(T64, ZSTD(1)),
    StatusCode LowCardinality(String) CODEC(ZSTD(1)),
    StatusMessage String CODEC(ZSTD(1)),
    Events Nested (Timestamp DateTime64(9), Name LowCardinality(String), Attributes Map(LowCardinality(String), String)) CODEC(ZSTD(1)),
    Links Nested (TraceId String, SpanId String, TraceState String, Attributes Map(LowCardinality(String), String)) CODEC(ZSTD(1)),

    ReceivedAt DateTime64(3) DEFAULT now64(3) CODEC(Delta(8), ZSTD(1)),

    -- The agent's own id of the session or conversation. Claude is known by its scope: a program that starts it lends it its service name.
    -- Codex doubles the key thread.id (thread number and uuid, both in the map): the one of 36 characters is meant.
    -- goose counts its sessions per machine. Gemini's id is on the resource. A program without any id is a session per trace; the one-off
    -- traces of the runtimes of codex and opencode are nobody's session.
    RunId String MATERIALIZED multiIf(
        startsWith(ScopeName, 'com.anthropic.claude_code'), SpanAttributes['session.id'],
        SpanAttributes['conversation.id'] != '', SpanAttributes['conversation.id'],
        SpanAttributes['thread_id'] != '', SpanAttributes['thread_id'],
        mapContains(SpanAttributes, 'thread.id') AND arrayExists((k, v) -> k = 'thread.id' AND length(v) = 36, mapKeys(SpanAttributes), mapValues(SpanAttributes)),
            arrayFirst((v, k) -> k = 'thread.id' AND length(v) = 36, mapValues(SpanAttributes), mapKeys(SpanAttributes)),
        SpanAttributes['session.id'] != '', if(ServiceName = 'goose', concat(ResourceAttributes['host.name'], '/', SpanAttributes['session.id']), SpanAttributes['session.id']),
        SpanAttributes['gen_ai.conversation.id'] != '', SpanAttributes['gen_ai.conversation.id'],
        ResourceAttributes['session.id'] != '', ResourceAttributes['session.id'],
        TraceId = '' OR startsWith(ServiceName, 'codex') OR startsWith(ScopeName, 'codex') OR ServiceName = 'opencode', '',
        concat('trace:', TraceId)) CODEC(ZSTD(1)),
    TurnId String MATERIALIZED multiIf(
        SpanAttributes['turn.id'] != '', SpanAttributes['turn.id'],
        SpanAttributes['turn_id'] != '', SpanAttributes['turn_id'],
        SpanAttributes['github.copilot.interaction_id'] != '', SpanAttributes['github.copilot.interaction_id'],
        SpanAttributes['qwen-code.prompt_id']) CODEC(ZSTD(1)),
    TaskId LowCardinality(String) MATERIALIZED if(SpanAttributes['agentobs.task.id'] != '', SpanAttributes['agentobs.task.id'], ResourceAttributes['agentobs.task.id']),

    -- 1 = one model response; 2 = the sum of a codex turn, which its responses repeat; 0 = none. Agent spans repeat the sum of their calls,
    -- and the Vercel SDK's outer span that of its doStream or doGenerate.
    TokenSource UInt8 MATERIALIZED multiIf(
        SpanName = 'session_task.turn', 2 * mapContains(SpanAttributes, 'codex.turn.token_usage.total_tokens'),
        SpanName = 'claude_code.llm_request', mapContains(SpanAttributes, 'input_tokens'),
        SpanAttributes['gen_ai.operation.name'] IN ('invoke_agent', 'create_agent', 'invoke_workflow'), 0,
        SpanAttributes['openinference.span.kind'] IN ('AGENT', 'CHAIN', 'TOOL'), 0,
        SpanName IN ('ai.streamText', 'ai.generateText', 'ai.streamObject', 'ai.generateObject', 'ai.toolCall'), 0,
        mapContains(SpanAttributes, 'gen_ai.usage.input_tokens') OR mapContains(SpanAttributes, 'gen_ai.usage.output_tokens')
            OR mapContains(SpanAttributes, 'gen_ai.usage.prompt_tokens') OR mapContains(SpanAttributes, 'llm.token_count.prompt')
            OR mapContains(SpanAttributes, 'ai.usage.inputTokens')),

    -- Five disjoint buckets. Only Claude reports input without cache; everyone else's input and output are cut down here. Gemini alone leaves
    -- its thoughts out of the output.
    TokCacheRead UInt32 MATERIALIZED if(TokenSource = 0, 0, toUInt32OrZero(multiIf(
        SpanName = 'claude_code.llm_request', SpanAttributes['cache_read_tokens'],
        SpanName = 'session_task.turn', SpanAttributes['codex.turn.token_usage.cached_input_tokens'],
        SpanAttributes['gen_ai.usage.cache_read.input_tokens'] != '', SpanAttributes['gen_ai.usage.cache_read.input_tokens'],
        SpanAttributes['gen_ai.usage.cache_read_input_tokens'] != '', SpanAttributes['gen_ai.usage.cache_read_input_tokens'],
        SpanAttributes['llm.token_count.prompt_details.cache_read'] != '', SpanAttributes['llm.token_count.prompt_details.cache_read'],
        SpanAttributes['ai.usage.inputTokenDetails.cacheReadTokens'] != '', SpanAttributes['ai.usage.inputTokenDetails.cacheReadTokens'],
        SpanAttributes['ai.usage.cachedInputTokens']))),
    TokCacheWrite UInt32 MATERIALIZED if(TokenSource = 0, 0, toUInt32OrZero(multiIf(
        SpanName = 'claude_code.llm_request', SpanAttributes['cache_creation_tokens'],
        SpanName = 'session_task.turn', SpanAttributes['codex.turn.token_usage.cache_write_input_tokens'],
        SpanAttributes['gen_ai.usage.cache_write.input_tokens'] != '', SpanAttributes['gen_ai.usage.cache_write.input_tokens'],
        SpanAttributes['gen_ai.usage.cache_creation.input_tokens'] != '', SpanAttributes['gen_ai.usage.cache_creation.input_tokens'],
        SpanAttributes['gen_ai.usage.cache_creation_input_tokens'] != '', SpanAttributes['gen_ai.usage.cache_creation_input_tokens'],
        SpanAttributes['llm.token_count.prompt_details.cache_write'] != '', SpanAttributes['llm.token_count.prompt_details.cache_write'],
        SpanAttributes['ai.usage.inputTokenDetails.cacheWriteTokens']))),
    TokInput UInt32 MATERIALIZED if(TokenSource = 0, 0, if(SpanName = 'claude_code.llm_request',
        greatest(0, toInt64OrZero(SpanAttributes['input_tokens'])),
        greatest(0, toInt64OrZero(multiIf(
            SpanName = 'session_task.turn', SpanAttributes['codex.turn.token_usage.input_tokens'],
            SpanAttributes['gen_ai.usage.input_tokens'] != '', SpanAttributes['gen_ai.usage.input_tokens'],
            SpanAttributes['gen_ai.usage.prompt_tokens'] != '', SpanAttributes['gen_ai.usage.prompt_tokens'],
            SpanAttributes['llm.token_count.prompt'] != '', SpanAttributes['llm.token_count.prompt'],
            SpanAttributes['ai.usage.inputTokens'])) - TokCacheRead - TokCacheWrite))),
    TokReasoning UInt32 MATERIALIZED if(TokenSource = 0, 0, toUInt32OrZero(multiIf(
        SpanName = 'session_task.turn', SpanAttributes['codex.turn.token_usage.reasoning_output_tokens'],
        SpanAttributes['codex.usage.reasoning_output_tokens'] != '', SpanAttributes['codex.usage.reasoning_output_tokens'],
        SpanAttributes['gen_ai.usage.reasoning.output_tokens'] != '', SpanAttributes['gen_ai.usage.reasoning.output_tokens'],
        SpanAttributes['llm.token_count.completion_details.reasoning'] != '', SpanAttributes['llm.token_count.completion_details.reasoning'],
        SpanAttributes['ai.usage.reasoningTokens'] != '', SpanAttributes['ai.usage.reasoningTokens'],
        SpanAttributes['thoughts_token_count'] != '', SpanAttributes['thoughts_token_count'],
        SpanAttributes['gen_ai.usage.reasoning_tokens']))),
    TokOutput UInt32 MATERIALIZED if(TokenSource = 0, 0, greatest(0, toInt64OrZero(multiIf(
        SpanName = 'claude_code.llm_request', SpanAttributes['output_tokens'],
        SpanName = 'session_task.turn', SpanAttributes['codex.turn.token_usage.output_tokens'],
        SpanAttributes['gen_ai.usage.output_tokens'] != '', SpanAttributes['gen_ai.usage.output_tokens'],
        SpanAttributes['gen_ai.usage.completion_tokens'] != '', SpanAttributes['gen_ai.usage.completion_tokens'],
        SpanAttributes['llm.token_count.completion'] != '', SpanAttributes['llm.token_count.completion'],
        SpanAttributes['ai.usage.outputTokens'])) - if(ServiceName = 'gemini-cli', 0, TokReasoning))),

    -- Codex never sets a status, Copilot leaves a failed command Unset. A codex command that exits with another code than 0 says so only in
    -- the text of its output, which the tree reads.
    IsError UInt8 MATERIALIZED StatusCode IN ('Error', 'STATUS_CODE_ERROR')
        OR SpanAttributes['process.exit.code'] NOT IN ('', '0')
        OR arrayExists(m -> m['event.name'] = 'codex.tool_result' AND m['success'] = 'false', Events.Attributes),

    -- What the span may become in the tree; 'span' = folded.
    Kind Enum8('span' = 0, 'session' = 1, 'turn' = 2, 'agent_run' = 3, 'model_call' = 4, 'tool_call' = 5, 'permission_wait' = 6, 'process' = 7) MATERIALIZED multiIf(
        SpanName = 'claude_code.interaction', 'turn',
        SpanName = 'claude_code.llm_request', 'model_call',
        SpanName = 'claude_code.tool', 'tool_call',
        SpanName = 'claude_code.tool.blocked_on_user', 'permission_wait',
        SpanName = 'claude_code.tool.execution', 'process',
        SpanName IN ('codex.exec', 'thread/start', 'thread/resume', 'thread_spawn', 'agentobs.run'), 'agent_run',
        SpanName IN ('session_task.turn', 'turn/start'), 'turn',
        TokenSource = 1 OR SpanName IN ('run_sampling_request', 'codex.sampling', 'codex.tool_blocking', 'model_client.stream_responses_api'), 'model_call',
        SpanName = 'mcp.tools.call' OR (SpanName != 'guardian_scoring_observation' AND mapContains(SpanAttributes, 'call_id') AND mapContains(SpanAttributes, 'tool_name')), 'tool_call',
        SpanAttributes['gen_ai.operation.name'] IN ('invoke_agent', 'create_agent') OR SpanAttributes['openinference.span.kind'] = 'AGENT', 'agent_run',
        SpanAttributes['gen_ai.operation.name'] IN ('chat', 'generate_content', 'text_completion') OR SpanAttributes['openinference.span.kind'] = 'LLM', 'model_call',
        SpanAttributes['gen_ai.operation.name'] = 'execute_tool' OR SpanAttributes['openinference.span.kind'] = 'TOOL', 'tool_call',
        'span'),

    -- The text that a person may search for; empty on folded spans, where it would cost space and say nothing.
    SearchText String MATERIALIZED if(Kind = 'span' AND StatusMessage = '', '', arrayStringConcat(arrayFilter(t -> t != '', [
        SpanAttributes['user_prompt'], SpanAttributes['full_command'], SpanAttributes['file_path'], SpanAttributes['tool_name'],
        SpanAttributes['gen_ai.tool.name'], SpanAttributes['gen_ai.tool.call.arguments'], SpanAttributes['error'], SpanAttributes['cwd'],
        StatusMessage]), ' ')) CODEC(ZSTD(1)),
    Title String MATERIALIZED if(SpanName = 'claude_code.interaction', substringUTF8(SpanAttributes['user_prompt'], 1, 200), '') CODEC(ZSTD(1)),
    Repository LowCardinality(String) MATERIALIZED ResourceAttributes['vcs.repository.name'],
    Branch LowCardinality(String) MATERIALIZED ResourceAttributes['vcs.ref.head.name'],

    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_run RunId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_received ReceivedAt TYPE minmax GRANULARITY 1,
    INDEX idx_attr_value mapValues(SpanAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_kind Kind TYPE set(8) GRANULARITY 1
) ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(ReceivedAt)
PRIMARY KEY (toStartOfHour(Timestamp), TraceId, Timestamp)
ORDER BY (toStartOfHour(Timestamp), TraceId, Timestamp, SpanId)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, non_replicated_deduplication_window = 1000
