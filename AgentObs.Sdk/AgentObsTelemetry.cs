using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AgentObs.Sdk;

/// <summary>
/// AgentObs for a program without a host:
/// <code>using var agentObs = AgentObsTelemetry.Start();</code>
/// Disposing it sends what is left, within a few seconds also where nobody answers. A program with a host uses <c>builder.AddAgentObs()</c>.
/// </summary>
public sealed class AgentObsTelemetry : IDisposable
{
    private readonly ProgramActivity? program;
    private readonly TracerProvider traces;
    private readonly MeterProvider metrics;

    private AgentObsTelemetry(ProgramActivity? program, TracerProvider traces, MeterProvider metrics) =>
        (this.program, this.traces, this.metrics) = (program, traces, metrics);

    /// <summary>
    /// Call it first, before a model client is made, and keep the answer until the program ends. Where TRACEPARENT is set,
    /// <see cref="System.Diagnostics.Activity.Current"/> of the caller is the program's span from here on.
    /// </summary>
    /// <exception cref="FormatException">A variable like AGENTOBS_OTLP_HTTP_URL is no address; the message names it and a right value.</exception>
    public static AgentObsTelemetry Start(Action<AgentObsOptions>? configure = null)
    {
        var options = new AgentObsOptions();
        configure?.Invoke(options);
        ModelClients.TurnOn();
        var telemetry = new Telemetry(options, Environment.GetEnvironmentVariable, OtlpTarget.Find(Environment.GetEnvironmentVariable));

        var tracing = OpenTelemetry.Sdk.CreateTracerProviderBuilder().ConfigureResource(telemetry.Describe);
        telemetry.Trace(tracing);
        var metering = OpenTelemetry.Sdk.CreateMeterProviderBuilder().ConfigureResource(telemetry.Describe);
        telemetry.Measure(metering);

        var traces = tracing.Build();
        var program = ProgramActivity.Begin(Environment.GetEnvironmentVariable);
        program?.SendTo(traces);
        program?.EndAtSignals();
        return new AgentObsTelemetry(program, traces, metering.Build());
    }

    public void Dispose()
    {
        program?.Dispose();
        traces.Dispose();
        metrics.Dispose();
    }
}
