using System.Net;
using System.Net.Sockets;
using AgentObs.Conventions;
using AgentObs.Ingest;
using AgentObs.Query;
using AgentObs.ServiceDefaults;
using AgentObs.Storage;
using AgentObs.Storage.Engine;
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

    private readonly BoundPorts _ports = new();
    private readonly OpenRequests _requests = new();
    private Endpoints? _endpoints;

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
            _endpoints = Bound();
            await Readiness.WaitAsync(_endpoints, settings.Token, stop);
            EndpointsFile.Write(settings.DataFolder, _endpoints);
            started(_endpoints);
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
        builder.WebHost.UseStaticWebAssets();

        var ingest = IngestOptions.From(name => builder.Configuration[name]);
        builder.Services.AddAgentObsStorage(StorageOptions.From(name => builder.Configuration[name]));
        builder.Services.AddAgentObsIngest(ingest);
        builder.Services.AddAgentObsQuery();
        builder.Services.AddAgentObsWeb(_ => new Uri(Bound().Web));
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, ingest));

        var app = builder.Build();
        app.Use((context, next) => IsOtlp(context) ? next(context) : _requests.TrackAsync(context, next));
        app.UseAgentObsGuard(new GuardOptions(settings.Token, [.. settings.Addresses.Select(address => address.Url)]));
        app.MapAgentObsIngest();
        app.MapAgentObsQuery();
        app.MapAgentObsWeb();
        return app;
    }

    private void Listen(KestrelServerOptions kestrel, IngestOptions ingest)
    {
        kestrel.AddServerHeader = false;
        kestrel.ConfigureEndpointDefaults(_ports.Add);
        foreach (var endPoint in settings.Web.EndPoints)
        {
            kestrel.Listen(endPoint);
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

    /// <summary>Where it listens; known after the start.</summary>
    private Endpoints Bound() => new(
        Environment.ProcessId,
        Topology,
        Address(settings.Web.ReachableAt(_ports[0])),
        Address(settings.OtlpGrpc.ReachableAt(_ports[settings.Web.EndPoints.Count])),
        Address(settings.OtlpHttp.ReachableAt(_ports[_ports.Count - 1])),
        ClickHouse: null);

    private static string Address(Uri url) => url.GetLeftPart(UriPartial.Authority);

    private bool IsOtlp(HttpContext context) => context.Connection.LocalPort != _ports[0];

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
