using AgentObs.Benchmarks.Ingest;

switch (args)
{
    case ["decode"]:
        DecodeBenchmark.Run();
        return 0;
    case ["ingest", .. var rest]:
        await IngestBenchmark.RunAsync(rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 200_000);
        return 0;
    default:
        Console.Error.WriteLine("AgentObs.Benchmarks decode           OTLP to Native rows, no storage");
        Console.Error.WriteLine("AgentObs.Benchmarks ingest [SPANS]   the engine's own limit, then OTLP over gRPC and HTTP into it");
        return 2;
}
