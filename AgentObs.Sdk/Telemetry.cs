using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AgentObs.Sdk;

/// <summary>What is collected and where it goes; the same with a host and without one.</summary>
internal sealed class Telemetry(AgentObsOptions options, Func<string, string?> variable, OtlpTarget target)
{
    // Another OTLP exporter of the program keeps its own options.
    private const string Name = nameof(AgentObs);

    private const int TracesDelayMilliseconds = 1000;
    private const int MetricsIntervalMilliseconds = 10_000;

    public void Describe(ResourceBuilder resource)
    {
        if ((options.ServiceName ?? (variable("OTEL_SERVICE_NAME") is { Length: > 0 } ? null : ProgramName.OfThisProcess)) is { } name)
        {
            resource.AddService(name);
        }

        resource.AddAttributes(ProvenanceResource.Attributes(variable));
    }

    public void Trace(TracerProviderBuilder traces) => traces
        .AddSource([ProgramActivity.SourceName, .. ModelClients.Names, .. options.Sources])
        .AddProcessor(new OneSpanPerCall())
        .AddOtlpExporter(Name, otlp =>
        {
            target.Configure(otlp, "traces");
            otlp.BatchExportProcessorOptions.ScheduledDelayMilliseconds = TracesDelayMilliseconds;
        });

    public void Measure(MeterProviderBuilder metrics) => metrics
        .AddMeter(ModelClients.Names)
        .AddOtlpExporter(Name, (otlp, reader) =>
        {
            target.Configure(otlp, "metrics");
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = MetricsIntervalMilliseconds;
        });
}
