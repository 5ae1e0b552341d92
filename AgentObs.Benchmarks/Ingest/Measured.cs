namespace AgentObs.Benchmarks.Ingest;

/// <summary>Figures of one piece of work.</summary>
/// <param name="PerSecond">Spans a second of wall time.</param>
/// <param name="OwnCpu">CPU-seconds of this process per 100,000 spans: the clients', or all where no server runs beside it.</param>
/// <param name="ServerCpu">CPU-seconds of the server per 100,000 spans.</param>
/// <param name="Acknowledged">Milliseconds to the acknowledgement, p50 and p95; NaN where nothing was sent.</param>
internal sealed record Measured(double PerSecond, double OwnCpu, double ServerCpu, (double P50, double P95) Acknowledged);
