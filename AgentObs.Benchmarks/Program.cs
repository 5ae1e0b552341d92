using AgentObs.Benchmarks;

switch (args)
{
    case ["start"]:
        return await StartBenchmark.RunAsync(runs: 5);
    case [BareWeb.Verb, var address]:
        await BareWeb.RunAsync(address);
        return 0;
    default:
        await Console.Error.WriteLineAsync("""
            usage: dotnet run -c Release --project AgentObs.Benchmarks -- start

              start    start of the built program to the first page and to the first answer of the API, and memory when idle,
                       beside an empty ASP.NET Core program started in the same run
            """);
        return 2;
}
