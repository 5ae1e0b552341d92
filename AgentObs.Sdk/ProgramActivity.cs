using System.Diagnostics;
using System.Runtime.InteropServices;
using AgentObs.Conventions;
using OpenTelemetry.Trace;

namespace AgentObs.Sdk;

/// <summary>
/// The span of the program's whole run. Its parent is the span that TRACEPARENT names; it is <see cref="Activity.Current"/> of whoever began it, so
/// what the program does hangs below the agent's command that started the program. Only a program with a caller has one: a service that nobody's
/// command started would live in one trace for ever.
/// </summary>
internal sealed class ProgramActivity : IDisposable
{
    public const string SourceName = "AgentObs.Sdk";

    private const int FlushMilliseconds = 3000;

    /// <summary>Whoever presses Ctrl+C waits for it.</summary>
    private const int SignalMilliseconds = 1000;

    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    private static readonly ActivitySource Source = new(SourceName);

    // A host makes its TracerProvider after the program began: until then nobody else listens. A caller that does not sample is recorded, too.
    private static readonly ActivityListener Listener = new()
    {
        ShouldListenTo = source => ReferenceEquals(source, Source),
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    private static ProgramActivity? running;

    private readonly Activity activity;
    private TracerProvider? provider;
    private PosixSignalRegistration[] signals = [];

    private ProgramActivity(Activity activity) => this.activity = activity;

    /// <summary>Begins it, once a process.</summary>
    /// <returns>Null where TRACEPARENT names no caller, or where it runs already.</returns>
    public static ProgramActivity? Begin(Func<string, string?> variable)
    {
        if (running is not null || !TraceParent.TryParse(variable("TRACEPARENT"), out var caller))
        {
            return null;
        }

        ActivitySource.AddActivityListener(Listener);
        var parent = new ActivityContext(
            ActivityTraceId.CreateFromString(caller.TraceId),
            ActivitySpanId.CreateFromString(caller.SpanId),
            (ActivityTraceFlags)caller.Flags,
            variable("TRACESTATE"),
            isRemote: true);
        var activity = Source.StartActivity(ActivityKind.Internal, parent, name: ProgramName.OfThisProcess);
        if (activity is null)
        {
            return null;
        }

        activity.SetTag("process.executable.name", ProgramName.OfThisProcess).SetTag("process.pid", Environment.ProcessId);
        return running = new ProgramActivity(activity);
    }

    /// <summary>Where the program dies of an exception, its span still says so; where it calls <c>Environment.Exit</c>, it is still sent.</summary>
    public void SendTo(TracerProvider to)
    {
        provider = to;
        AppDomain.CurrentDomain.UnhandledException += Fail;
        AppDomain.CurrentDomain.ProcessExit += Exit;
    }

    /// <summary>
    /// Sends the span where a signal ends the program, which dies of it all the same: nothing is cancelled. Handlers run from the last registered to the
    /// first, so one that the program registered later and that keeps it alive is seen here. Not for a host, which stops in its own way.
    /// </summary>
    public void EndAtSignals()
    {
        if (!OperatingSystem.IsBrowser() && !OperatingSystem.IsAndroid() && !OperatingSystem.IsIOS() && !OperatingSystem.IsTvOS())
        {
            signals = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, End))];
        }
    }

    public void Dispose()
    {
        foreach (var signal in signals)
        {
            signal.Dispose();
        }

        AppDomain.CurrentDomain.UnhandledException -= Fail;
        AppDomain.CurrentDomain.ProcessExit -= Exit;
        activity.Stop();
        running = null;
    }

    // Nothing above the call disposes: no `using`, no host that stops.
    internal void Exit(object? sender, EventArgs nothing)
    {
        Dispose();
        provider?.ForceFlush(FlushMilliseconds);
    }

    private void End(PosixSignalContext context)
    {
        if (!context.Cancel)
        {
            activity.SetTag("error.type", context.Signal.ToString()).SetStatus(ActivityStatusCode.Error, $"killed by {context.Signal}");
            Dispose();
            provider?.ForceFlush(SignalMilliseconds);
        }
    }

    // The type alone: a message can hold what the program works on.
    internal void Fail(object? sender, UnhandledExceptionEventArgs unhandled)
    {
        var type = unhandled.ExceptionObject.GetType().FullName;
        activity.SetTag("error.type", type).SetStatus(ActivityStatusCode.Error, type);
        Dispose();
        provider?.ForceFlush(FlushMilliseconds);
    }
}
