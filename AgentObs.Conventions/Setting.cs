namespace AgentObs.Conventions;

/// <summary>
/// One setting of AgentObs. It is read from the environment variable, else from the configuration key, else it is the default.
/// </summary>
/// <param name="Variable">Environment variable, for example <c>AGENTOBS_WEB_URL</c>.</param>
/// <param name="Key">Configuration key, for example <c>AgentObs:WebUrl</c>.</param>
/// <param name="Default">The value when neither is set; empty where there is none.</param>
public sealed record Setting(string Variable, string Key, string Default)
{
    public static readonly Setting WebUrl = new("AGENTOBS_WEB_URL", "AgentObs:WebUrl", "http://127.0.0.1:5317");
    public static readonly Setting OtlpGrpcUrl = new("AGENTOBS_OTLP_GRPC_URL", "AgentObs:OtlpGrpcUrl", "http://127.0.0.1:4317");
    public static readonly Setting OtlpHttpUrl = new("AGENTOBS_OTLP_HTTP_URL", "AgentObs:OtlpHttpUrl", "http://127.0.0.1:4318");

    /// <summary>The data folder of the embedded engine; without it the user's data home + <c>/agentobs</c>.</summary>
    public static readonly Setting Data = new("AGENTOBS_DATA", "AgentObs:Data", "");

    /// <summary>Containers: the ClickHouse server that is read. Embedded: where the engine's HTTP front listens (off when empty).</summary>
    public static readonly Setting ClickHouseUrl = new("AGENTOBS_CLICKHOUSE_URL", "AgentObs:ClickHouseUrl", "");

    public static readonly Setting Database = new("AGENTOBS_CLICKHOUSE_DATABASE", "AgentObs:ClickHouseDatabase", "otel");

    /// <summary>Containers: where Query answers. Web forwards <c>/api</c> there; Query accepts its name as a Host header.</summary>
    public static readonly Setting QueryUrl = new("AGENTOBS_QUERY_URL", "AgentObs:QueryUrl", "");

    /// <summary>Embedded: a collector (OTLP over gRPC) that is sent AgentObs's own telemetry; empty: it stays in the process.</summary>
    public static readonly Setting TelemetryUrl = new("AGENTOBS_TELEMETRY_URL", "AgentObs:TelemetryUrl", "");

    /// <summary>Embedded: an OTLP endpoint that what is stored is sent on to; empty: none.</summary>
    public static readonly Setting ForwardUrl = new("AGENTOBS_FORWARD_URL", "AgentObs:ForwardUrl", "");

    /// <summary><c>grpc</c> or <c>http/protobuf</c>; empty: by the port.</summary>
    public static readonly Setting ForwardProtocol = new("AGENTOBS_FORWARD_PROTOCOL", "AgentObs:ForwardProtocol", "");

    /// <summary><c>name=value,name=value</c>, sent with what is forwarded.</summary>
    public static readonly Setting ForwardHeaders = new("AGENTOBS_FORWARD_HEADERS", "AgentObs:ForwardHeaders", "");

    /// <summary>PEM file of the roots that an https target is trusted by, in place of the system's, as OTEL_EXPORTER_OTLP_CERTIFICATE; empty: the system's.</summary>
    public static readonly Setting ForwardCertificate = new("AGENTOBS_FORWARD_CERTIFICATE", "AgentObs:ForwardCertificate", "");

    /// <summary>Required for any address that is not loopback.</summary>
    public static readonly Setting Token = new("AGENTOBS_TOKEN", "AgentObs:Token", "");

    /// <summary>Path of libchdb.so where it was not installed by the build or by <c>agentobs engine install</c>.</summary>
    public static readonly Setting EngineLibrary = new("AGENTOBS_LIBCHDB", "AgentObs:EngineLibrary", "");

    /// <summary>Days that telemetry is kept after its receipt: one number, or numbers by signal (<c>90,logs=30</c>); 0 for ever.</summary>
    public static readonly Setting RetentionDays = new("AGENTOBS_RETENTION_DAYS", "AgentObs:RetentionDays", "90");

    /// <summary>Gigabytes on disk of each signal: as <see cref="RetentionDays"/>; 0 without limit.</summary>
    public static readonly Setting RetentionGigabytes = new("AGENTOBS_RETENTION_GB", "AgentObs:RetentionGb", "20");

    /// <summary><c>1</c>: every commit waits for the disk, so that what was acknowledged survives a power cut too. Else <c>0</c>.</summary>
    public static readonly Setting Fsync = new("AGENTOBS_FSYNC", "AgentObs:Fsync", "0");

    public string Read(Func<string, string?> configuration)
    {
        var fromVariable = configuration(Variable);
        if (!string.IsNullOrEmpty(fromVariable))
        {
            return fromVariable;
        }

        var fromKey = configuration(Key);
        return string.IsNullOrEmpty(fromKey) ? Default : fromKey;
    }
}
