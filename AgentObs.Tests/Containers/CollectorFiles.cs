using System.Text.RegularExpressions;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Containers;

/// <summary>What may stand in a configuration of otelcol-contrib 0.161.0, as far as ours uses the components.</summary>
internal static partial class CollectorFiles
{
    private static readonly string[] Queue =
    [
        "sending_queue.enabled", "sending_queue.storage", "sending_queue.sizer", "sending_queue.queue_size", "sending_queue.num_consumers", "sending_queue.block_on_overflow",
        "sending_queue.wait_for_result", "sending_queue.batch.sizer", "sending_queue.batch.flush_timeout", "sending_queue.batch.min_size", "sending_queue.batch.max_size",
        "retry_on_failure.enabled", "retry_on_failure.initial_interval", "retry_on_failure.max_interval", "retry_on_failure.max_elapsed_time", "retry_on_failure.multiplier",
        "retry_on_failure.randomization_factor", "timeout",
    ];

    /// <summary>Options of each component by its kind and type, read in the components' public source.</summary>
    internal static readonly Dictionary<string, string[]> Options = new()
    {
        ["extensions/file_storage"] = ["directory", "create_directory", "directory_permissions", "timeout", "fsync", "compaction.on_start", "compaction.on_rebound", "compaction.directory"],
        ["extensions/health_check"] = ["endpoint", "path"],
        ["receivers/otlp"] =
        [
            "protocols.grpc.endpoint", "protocols.grpc.max_recv_msg_size_mib", "protocols.grpc.max_concurrent_streams",
            "protocols.http.endpoint", "protocols.http.max_request_body_size", "protocols.http.include_metadata",
        ],
        ["processors/memory_limiter"] = ["check_interval", "limit_mib", "spike_limit_mib", "limit_percentage", "spike_limit_percentage"],
        ["processors/transform"] =
        [
            "error_mode",
            .. new[] { "trace", "log", "metric" }.SelectMany(signal => new[] { "context", "conditions.[]", "statements.[]" }.Select(part => $"{signal}_statements.[].{part}")),
        ],
        ["processors/redaction"] = ["allow_all_keys", "redact_all_types", "summary", "blocked_key_patterns.[]", "blocked_values.[]", "allowed_values.[]", "ignored_keys.[]"],
        ["exporters/clickhouse"] =
        [
            "endpoint", "username", "password", "database", "create_schema", "async_insert", "compress", "ttl", "logs_table_name", "traces_table_name",
            "metrics_tables.gauge.name", "metrics_tables.sum.name", "metrics_tables.summary.name", "metrics_tables.histogram.name", "metrics_tables.exponential_histogram.name", .. Queue,
        ],
        ["exporters/otlp_grpc"] = ["endpoint", "tls.insecure", "compression", .. Queue],
    };

    /// <summary>What a variable may be: <c>${env:NAME}</c> or <c>${env:NAME:-default}</c>.</summary>
    internal static IReadOnlyList<string> Variables(string file) => [.. Variable().Matches(RepositoryFiles.Read(file)).Select(match => match.Groups[1].Value).Distinct()];

    [GeneratedRegex(@"\$\{env:([A-Z_]+)")]
    private static partial Regex Variable();
}
