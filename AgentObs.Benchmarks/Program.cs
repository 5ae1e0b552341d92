using System.Globalization;
using AgentObs.Benchmarks.Ingest;
using AgentObs.Benchmarks.Start;

switch (args)
{
    case ["start"]:
        return await StartBenchmark.RunAsync(runs: 5);
    case [BareWeb.Verb, var address]:
        await BareWeb.RunAsync(address);
        return 0;
    case ["decode"]:
        DecodeBenchmark.Run();
        return 0;
    case ["ingest", .. var rest]:
        await IngestBenchmark.RunAsync(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 200_000);
        return 0;
    default:
        await Console.Error.WriteLineAsync("""
            usage: dotnet run -c Release --project AgentObs.Benchmarks -- start | decode | ingest [SPANS]

              start    start of the built program to the first page and to the first answer of the API, and memory when idle,
                       beside an empty ASP.NET Core program started in the same run
              decode   OTLP to Native rows, no storage
              ingest   the engine's own limit, then OTLP over gRPC and HTTP into it; with AGENTOBS_FSYNC=1 every commit waits
                       for the disk
            """);
        return 2;
}
