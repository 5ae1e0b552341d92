-- Log records. The first 16 columns are the stock exporter's (EventName, the last, is optional there). Partitions and duplicates: 001.
CREATE TABLE IF NOT EXISTS otel_logs (
    Timestamp DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    TraceId String CODEC(ZSTD(1)),
    SpanId String CODEC(ZSTD(1)),
    TraceFlags UInt8,
    SeverityText LowCardinality(String) CODEC(ZSTD(1)),
    SeverityNumber UInt8,
    ServiceName LowCardinality(String) CODEC(ZSTD(1)),
    Body String CODEC(ZSTD(1)),
    ResourceSchemaUrl LowCardinality(String) CODEC(ZSTD(1)),
    ResourceAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    ScopeSchemaUrl LowCardinality(String) CODEC(ZSTD(1)),
    ScopeName String CODEC(ZSTD(1)),
    ScopeVersion LowCardinality(String) CODEC(ZSTD(1)),
    ScopeAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    LogAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    EventName String CODEC(ZSTD(1)),

    ReceivedAt DateTime64(3) DEFAULT now64(3) CODEC(Delta(8), ZSTD(1)),

    -- As in 001; a record without any id belongs where its trace does.
    RunId String MATERIALIZED multiIf(
        startsWith(ScopeName, 'com.anthropic.claude_code'), LogAttributes['session.id'],
        LogAttributes['conversation.id'] != '', LogAttributes['conversation.id'],
        LogAttributes['session.id'] != '', if(ServiceName = 'goose', concat(ResourceAttributes['host.name'], '/', LogAttributes['session.id']), LogAttributes['session.id']),
        LogAttributes['gen_ai.conversation.id'] != '', LogAttributes['gen_ai.conversation.id'],
        ResourceAttributes['session.id']) CODEC(ZSTD(1)),

    -- Codex fills the protocol's event name with the line of its source; the attribute has the event's own.
    Event LowCardinality(String) MATERIALIZED if(LogAttributes['event.name'] != '', LogAttributes['event.name'], EventName),

    -- A log record has no id: this hash of all that a sender repeats stands for it.
    LogId UInt64 MATERIALIZED cityHash64(
        Timestamp, TraceId, SpanId, ScopeName, Body, mapKeys(ResourceAttributes), mapValues(ResourceAttributes), mapKeys(LogAttributes), mapValues(LogAttributes)) CODEC(NONE),

    -- 3 = one model response of a client whose spans may lack it (codex, Gemini); 4 = Claude's, which a span repeats where spans are on.
    TokenSource UInt8 MATERIALIZED multiIf(
        Event IN ('codex.sse_event', 'gemini_cli.api_response') AND mapContains(LogAttributes, 'input_token_count'), 3,
        Event = 'api_request' AND startsWith(ScopeName, 'com.anthropic.claude_code') AND mapContains(LogAttributes, 'input_tokens'), 4,
        0),
    TokCacheRead UInt32 MATERIALIZED if(TokenSource = 0, 0, toUInt32OrZero(multiIf(
        TokenSource = 4, LogAttributes['cache_read_tokens'],
        Event = 'codex.sse_event', LogAttributes['cached_token_count'],
        LogAttributes['cached_content_token_count']))),
    TokCacheWrite UInt32 MATERIALIZED if(TokenSource = 0, 0, toUInt32OrZero(if(TokenSource = 4, LogAttributes['cache_creation_tokens'], LogAttributes['cache_write_token_count']))),
    TokInput UInt32 MATERIALIZED multiIf(
        TokenSource = 0, 0,
        TokenSource = 4, greatest(0, toInt64OrZero(LogAttributes['input_tokens'])),
        greatest(0, toInt64OrZero(LogAttributes['input_token_count']) - TokCacheRead - TokCacheWrite)),
    TokReasoning UInt32 MATERIALIZED if(TokenSource != 3, 0, toUInt32OrZero(if(Event = 'codex.sse_event', LogAttributes['reasoning_token_count'], LogAttributes['thoughts_token_count']))),
    TokOutput UInt32 MATERIALIZED multiIf(
        TokenSource = 0, 0,
        TokenSource = 4, greatest(0, toInt64OrZero(LogAttributes['output_tokens'])),
        greatest(0, toInt64OrZero(LogAttributes['output_token_count']) - if(Event = 'codex.sse_event', TokReasoning, 0))),

    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_run RunId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_received ReceivedAt TYPE minmax GRANULARITY 1,
    INDEX idx_attr_value mapValues(LogAttributes) TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(ReceivedAt)
PRIMARY KEY (toStartOfHour(Timestamp), RunId, Timestamp)
ORDER BY (toStartOfHour(Timestamp), RunId, Timestamp, LogId)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, non_replicated_deduplication_window = 1000
