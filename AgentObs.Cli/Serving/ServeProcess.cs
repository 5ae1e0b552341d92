using AgentObs.Conventions;
using AgentObs.Ingest;
using AgentObs.Query;
using AgentObs.ServiceDefaults;
using AgentObs.Storage;
using AgentObs.Web;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AgentObs.Cli.Serving;

/// <summary>The embedded topology in one process: storage, OTLP in, API and pages.</summary>
internal sealed class ServeProcess(ServeSettings settings, Dictionary<string, string?> typed, bool verbose)
{
    // Commits in flight take milliseconds, closing the engine about a second.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceWithPages = TimeSpan.FromMilliseconds(300);

    private const string Topology = "embedded";

    private readonly OpenRequests _requests = new();
    private ListenOptions? _web;

    /// <summary>Runs until <paramref name="stop"/>; <paramref name="started"/> is called once everything answers.</summary>
    public async Task<int> RunAsync(Action<Endpoints> started, CancellationToken stop)
    {
        await using var app = Build();
        await StartAsync(app, stop);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("AgentObs.Cli");
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var byItself = app.Lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        await using var bySignal = stop.Register(() => stopped.TrySetResult());
        try
        {
            var endpoints = Bound(app.Services.GetRequiredService<OtlpEndpoints>());
            await Readiness.WaitAsync(endpoints, settings.Token, stop);
            EndpointsFile.Write(settings.DataFolder, endpoints);
            started(endpoints);
            await stopped.Task;
            Log.Stopping(logger, stop.IsCancellationRequested ? "asked to" : "a part of it failed");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while starting: the same way out.
        }
        finally
        {
            EndpointsFile.Remove(settings.DataFolder, Environment.ProcessId);
            await StopAsync(app, logger);
        }

        return stop.IsCancellationRequested ? ExitCode.Ok : ExitCode.Failed;
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(typed);
        builder.Logging.ClearProviders().SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Warning)
            .AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        // Signals are Interrupt's business; the host's own lifetime would take Ctrl+C and print lines of its own.
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain);
        builder.WebHost.UseAgentObsWebFiles();

        var ingest = IngestOptions.From(name => builder.Configuration[name]);
        builder.Services.AddAgentObsStorage(StorageOptions.From(name => builder.Configuration[name]));
        builder.Services.AddAgentObsIngest(ingest);
        builder.Services.AddAgentObsQuery();
        builder.Services.AddAgentObsWeb(_ => WebAddress);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, ingest));

        var app = builder.Build();
        app.Use((context, next) => context.Connection.LocalPort == WebPort ? _requests.TrackAsync(context, next) : next(context));
        app.UseAgentObsGuard(new GuardOptions(settings.Token, [.. settings.Addresses.Select(address => address.Url)]));
        app.MapAgentObsIngest();
        app.MapAgentObsQuery();
        app.MapAgentObsWeb();
        return app;
    }

    private void Listen(KestrelServerOptions kestrel, IngestOptions ingest)
    {
        kestrel.AddServerHeader = false;
        foreach (var endPoint in settings.Web.EndPoints)
        {
            kestrel.Listen(endPoint, listen => _web ??= listen);
        }

        kestrel.ListenOtlp(ingest);
    }

    private async Task StartAsync(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (StorageException error)
        {
            throw CommandException.Failed(error.Message);
        }
        catch (IOException error)
        {
            // Taken between the look and the bind: the same message.
            TakenPorts.Refuse(settings);
            throw CommandException.Failed(error.Message);
        }
    }

    /// <summary>Known after the start, as the OTLP addresses are.</summary>
    private Uri WebAddress => settings.Web.ReachableAt(WebPort);

    private int WebPort => _web!.IPEndPoint!.Port;

    private Endpoints Bound(OtlpEndpoints otlp) => new(
        Environment.ProcessId,
        Topology,
        Text(WebAddress),
        Text(settings.OtlpGrpc.ReachableAt(otlp.Grpc.Port)),
        Text(settings.OtlpHttp.ReachableAt(otlp.Http.Port)),
        ClickHouse: null);

    private static string Text(Uri url) => url.GetLeftPart(UriPartial.Authority);

    private async Task StopAsync(WebApplication app, ILogger logger)
    {
        using var patience = new CancellationTokenSource(PatienceWithPages);
        await using var end = patience.Token.Register(() =>
        {
            if (_requests.EndAll() is var count and > 0)
            {
                Log.EndedRequests(logger, count);
            }
        });
        await app.StopAsync(CancellationToken.None);
    }
}
