using System.Globalization;
using AgentObs.Benchmarks.Forwarding;
using AgentObs.Benchmarks.Ingest;
using AgentObs.Benchmarks.Launch;
using AgentObs.Benchmarks.Query;
using AgentObs.Benchmarks.Start;
using AgentObs.Ingest.Writing;

switch (args)
{
    case ["start"]:
        return await StartBenchmark.RunAsync(runs: 5);
    case ["launch", .. var rest]:
        return await LaunchBenchmark.RunAsync(Number(rest, 40), rest.FirstOrDefault(File.Exists));
    case [BareWeb.Verb, var address]:
        await BareWeb.RunAsync(address);
        return 0;
    case ["decode"]:
        DecodeBenchmark.Run();
        return 0;
    case ["redaction"]:
        RedactionBenchmark.Run();
        return 0;
    case ["ingest", .. var rest]:
        await IngestBenchmark.RunAsync(Number(rest, 200_000), rest.Contains("fsync"));
        return 0;
    case ["steady", .. var rest]:
        await SteadyBenchmark.RunAsync(Number(rest, 60));
        return 0;
    case ["forward", .. var rest]:
        await ForwardBenchmark.RunAsync(Number(rest, 12));
        return 0;
    case ["tree", .. var rest]:
        await TreeBenchmark.RunAsync(Number(rest, 58));
        return 0;
    case ["curve"]:
        await CurveBenchmark.RunAsync();
        return 0;
    case [IngestServer.Verb, var folder, var interval, var sync]:
        await IngestServer.RunAsync(
            folder,
            interval == "default" ? null : new WriteLimits(MinCommitInterval: TimeSpan.FromMilliseconds(double.Parse(interval, CultureInfo.InvariantCulture))),
            sync == "fsync");
        return 0;
    default:
        await Console.Error.WriteLineAsync("""
            usage: dotnet run -c Release --project AgentObs.Benchmarks -- start | launch [ROUNDS] [NATIVE-LAUNCHER] | decode | redaction | ingest [SPANS] [fsync] | steady [SECONDS] | forward [SECONDS] | curve | tree [PROMPTS]

              start    start of the built program to the first page and to the first answer of the API, and memory when idle,
                       beside an empty ASP.NET Core program started in the same run
              launch   what a launched command costs: directly, through the launcher, a shim, `agentobs run`; a native launcher where one is named
              decode   OTLP to Native rows, no storage; forwarding's look at which spans were sent on before
              redaction
                       what taking secrets out costs beside decode, and on texts made to be slow
              ingest   the engine's own limit, then OTLP over gRPC and HTTP into it, then all recordings as they were sent
              steady   agentobs serve at 2,000 spans a second, then beside a few agents (100 a second): time to the acknowledgement, memory
              forward  agentobs serve at 2,000 spans a second while it forwards to nothing, to a live target, to a dead one, to one that never answers
              tree     answers about one session of 99,702 spans
              curve    what the writer's constants cost: rows a commit, time between commits
            """);
        return 2;
}

static int Number(string[] arguments, int byDefault) =>
    arguments.Select(a => int.TryParse(a, CultureInfo.InvariantCulture, out var number) ? number : 0).FirstOrDefault(n => n > 0, byDefault);
