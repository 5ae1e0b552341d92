namespace AgentObs.Ingest.Otlp;

internal enum OtlpSignal
{
    Traces,
    Logs,
    Metrics,
}
