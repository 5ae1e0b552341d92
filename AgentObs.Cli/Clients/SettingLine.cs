namespace AgentObs.Cli.Clients;

/// <summary>A value of a client's settings file.</summary>
/// <param name="Name">Keys on the way, joined by dots: <c>otel.exporter.otlp-grpc.endpoint</c>, <c>env.OTEL_TRACES_EXPORTER</c>; elements of lists by number.</param>
/// <param name="Value">A string's text; else as it is written: <c>true</c>, <c>4317</c>.</param>
/// <param name="Line">Where the value stands, from 1.</param>
internal sealed record SettingLine(string Name, string Value, int Line);
