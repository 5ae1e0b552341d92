using System.Diagnostics;
using System.Security.Cryptography;
using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>One start of one program: the ids that its span, its start record and its child's environment share.</summary>
/// <param name="Parent">TRACEPARENT as the launcher got it; null without a valid one.</param>
/// <param name="Context">What the child gets: it names the launcher's span, in the parent's trace and with its flags.</param>
/// <param name="Provenance">Run id, task and role.</param>
/// <param name="Caller">Which agent started it, as resource attributes; see <see cref="CallerIds"/>.</param>
/// <param name="Nested">A launcher is among the processes that this one was started by.</param>
internal sealed record LaunchedRun(
    TraceParent? Parent,
    TraceParent Context,
    Provenance Provenance,
    IReadOnlyList<KeyValuePair<string, string>> Caller,
    bool Nested,
    string[] Command,
    string Folder,
    GitCheckout? Checkout)
{
    private const byte Sampled = 1;

    private readonly long _started = Stopwatch.GetTimestamp();

    public UnixNano Start { get; } = UnixNano.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    /// <summary>Start plus what the monotonic clock measured: a clock that is set meanwhile moves no duration.</summary>
    public UnixNano Moment => Start.Plus(Stopwatch.GetElapsedTime(_started).Ticks * 100);

    public string RunId => Provenance.RunId!;

    /// <param name="variable">The launcher's environment.</param>
    /// <param name="arguments">What they declare stands before the environment.</param>
    public static LaunchedRun Begin(Func<string, string?> variable, RunArguments arguments, string folder)
    {
        var declared = arguments.Declared;
        var inherited = Provenance.FromEnvironment(variable);
        var parent = TraceParent.TryParse(variable("TRACEPARENT"), out var parsed) ? parsed : null;
        var ids = RandomNumberGenerator.GetHexString(48, lowercase: true);
        return new LaunchedRun(
            parent,
            new TraceParent(parent?.TraceId ?? ids[..32], ids[32..], parent?.Flags ?? Sampled),
            new Provenance
            {
                RunId = Guid.NewGuid().ToString(),
                TaskId = declared.TaskId ?? inherited.TaskId,
                TaskTitle = declared.TaskTitle ?? inherited.TaskTitle,
                TaskUrl = declared.TaskUrl ?? inherited.TaskUrl,
                Role = declared.Role ?? inherited.Role,
            },
            CallerIds.Read(variable),
            arguments.Shim || inherited.RunId is not null,
            arguments.Command,
            folder,
            GitCheckout.Of(folder));
    }
}
