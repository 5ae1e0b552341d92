using System.CommandLine;
using AgentObs.Cli.Serving;
using AgentObs.Conventions;

namespace AgentObs.Cli.Commands;

/// <summary><c>agentobs serve</c>: the whole of AgentObs in this process, until Ctrl+C or SIGTERM.</summary>
internal sealed class ServeCommand : Verb
{
    private readonly SettingOptions _settings;
    private readonly Option<bool> _verbose;
    private readonly Option<bool> _untilStdinCloses;

    public ServeCommand()
        : base(
            "serve",
            "Starts AgentObs: pages and API, OTLP over gRPC and HTTP, and the embedded ClickHouse, in one process.",
            "agentobs serve",
            "agentobs serve --web-url http://localhost:8080 --data ~/telemetry",
            "AGENTOBS_OTLP_GRPC_URL=http://127.0.0.1:0 agentobs serve   # port 0: a free one, printed at start",
            "AGENTOBS_TOKEN=secret agentobs serve --web-url http://0.0.0.0:5317   # for other machines too",
            "agentobs serve --forward-url http://127.0.0.1:14317   # what is stored goes to another collector too")
    {
        _settings = new SettingOptions(
            this, Setting.WebUrl, Setting.OtlpGrpcUrl, Setting.OtlpHttpUrl, Setting.Data, Setting.RetentionDays, Setting.RetentionGigabytes,
            Setting.Fsync, Setting.ClickHouseUrl, Setting.Database, Setting.TelemetryUrl,
            Setting.ForwardUrl, Setting.ForwardProtocol, Setting.ForwardCertificate);
        _verbose = With(new Option<bool>("--verbose", "-v") { Description = "Log what happens, not only warnings" });
        _untilStdinCloses = With(new Option<bool>("--until-stdin-closes")
        {
            Description = "Stop when standard input ends: for a parent that starts this process",
            Hidden = true,
        });
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var configuration = _settings.Configuration(parsed);
        var settings = ServeSettings.Read(configuration);
        TakenPorts.Refuse(settings);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (parsed.GetValue(_untilStdinCloses))
        {
            _ = StopAtEndOfInputAsync(stop);
        }

        var output = parsed.InvocationConfiguration.Output;
        var serve = new ServeProcess(settings, configuration, parsed.GetValue(_verbose));
        return await serve.RunAsync(endpoints => Announce(output, endpoints, settings.DataFolder), stop.Token);
    }

    private static async Task StopAtEndOfInputAsync(CancellationTokenSource stop)
    {
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[64];
        while (await input.ReadAsync(buffer, stop.Token) > 0)
        {
        }

        await stop.CancelAsync();
    }

    private static void Announce(TextWriter output, Endpoints endpoints, string dataFolder) => output.WriteLine(
        $"""
        AgentObs is running. Ctrl+C stops it.

          Pages      {endpoints.Web}
          API        {endpoints.Web}/api   (OpenAPI: /openapi/v1.json)
          OTLP gRPC  {endpoints.OtlpGrpc}
          OTLP HTTP  {endpoints.OtlpHttp}
          Data       {dataFolder}{Front(endpoints)}

        Nothing to see yet? In another terminal: {Invocation.Of("demo")}
        """);

    /// <summary>The password stays out of the terminal's history of lines.</summary>
    private static string Front(Endpoints endpoints) => endpoints.ClickHouse is { } clickHouse
        ? $"{Environment.NewLine}  ClickHouse {new Uri(clickHouse).GetComponents(UriComponents.SchemeAndServer, UriFormat.Unescaped)}   (user and password: endpoints.json in the data folder)"
        : "";
}
