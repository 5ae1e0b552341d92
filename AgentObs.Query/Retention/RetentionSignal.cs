using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>What has limits of its own.</summary>
/// <param name="Name">traces, logs or metrics.</param>
/// <param name="Tables">Its signal tables.</param>
/// <param name="HasTraces">Its rows name a trace, and go with the whole of it.</param>
internal sealed record RetentionSignal(string Name, IReadOnlyList<string> Tables, bool HasTraces)
{
    public static readonly IReadOnlyList<RetentionSignal> All =
    [
        new("traces", [TableNames.Traces], HasTraces: true),
        new("logs", [TableNames.Logs], HasTraces: true),
        new(
            "metrics",
            [
                TableNames.MetricsGauge, TableNames.MetricsSum, TableNames.MetricsSummary, TableNames.MetricsHistogram,
                TableNames.MetricsExponentialHistogram,
            ],
            HasTraces: false),
    ];

    public static RetentionSignal Of(string name) => All.Single(signal => signal.Name == name);
}
