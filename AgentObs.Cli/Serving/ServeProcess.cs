using AgentObs.Conventions;
using AgentObs.Ingest;
using AgentObs.Query;
using AgentObs.ServiceDefaults;
using AgentObs.Storage;
using AgentObs.Storage.Front;
using AgentObs.Web;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace AgentObs.Cli.Serving;

/// <summary>The embedded topology in one process: storage, OTLP in, API and pages.</summary>
/// <param name="configuration">What was typed, else the environment.</param>
internal sealed class ServeProcess(ServeSettings settings, Func<string, string?> configuration, bool verbose)
{
    // Commits in flight take milliseconds, closing the engine about a second.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceWithPages = TimeSpan.FromMilliseconds(300);

    private const string Topology = "embedded";

    private readonly OpenRequests _requests = new();
    private ListenOptions? _web;
    private ListenOptions? _clickHouse;

    /// <summary>Runs until <paramref name="stop"/>; <paramref name="started"/> is called once everything answers.</summary>
    public async Task<int> RunAsync(Action<Endpoints> started, CancellationToken stop)
    {
        try
        {
            await using var app = await StartAsync(stop);
            return await RunAsync(app, started, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while starting.
            return ExitCode.Ok;
        }
    }

    private async Task<int> RunAsync(WebApplication app, Action<Endpoints> started, CancellationToken stop)
    {
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
        finally
        {
            EndpointsFile.Remove(settings.DataFolder, Environment.ProcessId);
            await StopAsync(app, logger);
        }

        return stop.IsCancellationRequested ? ExitCode.Ok : ExitCode.Failed;
    }

    /// <summary>
    /// The engine opens while the host is built: each takes about as long as the other. The stores of a process share one engine,
    /// so the host's own finds it open and the schema up to date.
    /// </summary>
    private async Task<WebApplication> StartAsync(CancellationToken stop)
    {
        using var loggers = LoggerFactory.Create(Logging);
        var opening = Task.Run(() => ClickHouseStore.OpenAsync(StorageOptions.From(configuration), loggers, stop), stop);
        WebApplication? app = null;
        try
        {
            app = Build();
            await using var opened = await opening;
            await app.StartAsync(stop);
            return app;
        }
        catch (Exception error)
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            if (error is IOException)
            {
                // Taken between the look and the bind: the same message.
                TakenPorts.Refuse(settings);
            }

            throw error is StorageException or IOException ? CommandException.Failed(error.Message) : error;
        }
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Logging(builder.Logging.ClearProviders());

        // Signals are Interrupt's business; the host's own lifetime would take Ctrl+C and print lines of its own.
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain);
        builder.WebHost.UseAgentObsWebFiles();

        builder.AddAgentObsTelemetry(settings.Telemetry);
        var ingest = new IngestOptions(settings.OtlpGrpc.Url, settings.OtlpHttp.Url);
        builder.Services.AddAgentObsStorage(StorageOptions.From(configuration));
        builder.Services.AddAgentObsIngest(ingest, settings.Forward);
        builder.Services.AddAgentObsRetention(RetentionOptions.From(configuration));
        builder.Services.AddAgentObsQuery();
        builder.Services.AddAgentObsWeb(
            _ => WebAddress,
            services => new FirstSteps(Text(settings.OtlpGrpc.ReachableAt(services.GetRequiredService<OtlpEndpoints>().Grpc.Port)), Invocation.Of("demo"), Invocation.Of("setup")));
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, ingest));

        var app = builder.Build();
        app.Use((context, next) => context.Connection.LocalPort == WebPort ? _requests.TrackAsync(context, next) : next(context));
        Uri[] addresses = [.. settings.Addresses.Select(address => address.Url)];
        if (settings.ClickHouse is { } front)
        {
            // Its clients know a name and a password, no token; who may ask from where is the same question.
            app.UseWhen(IsForClickHouse, branch => branch.UseAgentObsGuard(new GuardOptions("", addresses)));
            app.UseAgentObsClickHouse(front, IsForClickHouse);
        }

        app.UseAgentObsGuard(new GuardOptions(settings.Token, addresses) { Refused = IngestHosting.CountRefusal });
        app.UseWhen(context => context.Connection.LocalPort != WebPort && !IsForOtlp(context.Request), branch => branch.Run(RefuseAsync));
        app.MapAgentObsIngest();
        app.MapAgentObsQuery();
        app.MapAgentObsWeb();
        return app;
    }

    private static bool IsForOtlp(HttpRequest request) =>
        request.Path.StartsWithSegments("/v1")
        || request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The OTLP ports take OTLP: pages and API are at one address, and whoever opens the other is told which.</summary>
    private Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync($"This port takes OTLP. Pages and API are at {WebAddress}", context.RequestAborted);
    }

    private void Logging(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Warning).LeaveOutRequests().AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.Services.RemoveAll<ILoggerProvider>();
        logging.Services.AddSingleton<ILoggerProvider>(
            services => new PacedLoggerProvider(ActivatorUtilities.CreateInstance<ConsoleLoggerProvider>(services), TimeProvider.System));
    }

    private void Listen(KestrelServerOptions kestrel, IngestOptions ingest)
    {
        kestrel.AddServerHeader = false;
        foreach (var endPoint in settings.Web.EndPoints)
        {
            kestrel.Listen(endPoint, listen => _web ??= listen);
        }

        kestrel.ListenOtlp(ingest);
        foreach (var endPoint in settings.ClickHouseAddress?.EndPoints ?? [])
        {
            kestrel.Listen(endPoint, listen => _clickHouse ??= listen);
        }
    }

    private bool IsForClickHouse(HttpContext context) => context.Connection.LocalPort == _clickHouse!.IPEndPoint!.Port;

    /// <summary>Known after the start, as the OTLP addresses are.</summary>
    private Uri WebAddress => settings.Web.ReachableAt(WebPort);

    private int WebPort => _web!.IPEndPoint!.Port;

    private Endpoints Bound(OtlpEndpoints otlp) => new(
        Environment.ProcessId,
        Topology,
        Text(WebAddress),
        Text(settings.OtlpGrpc.ReachableAt(otlp.Grpc.Port)),
        Text(settings.OtlpHttp.ReachableAt(otlp.Http.Port)),
        settings.ClickHouse?.ForClients(_clickHouse!.IPEndPoint!.Port));

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
