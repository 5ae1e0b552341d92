using AgentObs.Cli.Replaying;
using AgentObs.Conventions;

namespace AgentObs.Cli.Rewriting;

/// <summary>
/// Makes a new run of recordings: all ids are new (the same old id becomes the same new id in all of them), and each recording is
/// moved in time as a whole.
/// </summary>
internal static class RecordingRewriter
{
    private const long NanosPerMillisecond = 1_000_000;

    /// <param name="salt">The same salt gives the same ids.</param>
    /// <param name="start">Where the earliest time of each recording goes to.</param>
    /// <exception cref="CommandException">A body is not OTLP; names the file.</exception>
    public static IReadOnlyList<Recording> Rewrite(IReadOnlyList<Recording> recordings, string salt, UnixNano start)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var starts = recordings.Select(recording => Collect(recording, ids)).ToArray();
        var map = new IdMap(ids, salt);
        return [.. recordings.Zip(starts, (recording, earliest) => Rewrite(recording, map, Shift(earliest, start)))];
    }

    private static UnixNano? Collect(Recording recording, HashSet<string> ids)
    {
        UnixNano? earliest = null;
        UnixNano? earliestPoint = null;
        foreach (var request in recording.Requests)
        {
            var found = request.Read(body => IdCollector.Collect(body, ids));
            earliest = Min(earliest, found.Earliest);
            earliestPoint = Min(earliestPoint, found.EarliestPoint);
        }

        return earliest ?? earliestPoint;
    }

    private static Recording Rewrite(Recording recording, IdMap map, long shift) => recording with
    {
        Requests = [.. recording.Requests.Select(request => request with
        {
            Body = request.Read(body => BodyRewriter.Rewrite(body, map, shift)),
            Encoding = "identity",
        })],
    };

    // Whole milliseconds: a text like 2026-11-22T12:18:33.206Z moves as exactly as the times beside it.
    private static long Shift(UnixNano? earliest, UnixNano start) =>
        earliest is { } from ? (start.Value - from.Value) / NanosPerMillisecond * NanosPerMillisecond : 0;

    private static UnixNano? Min(UnixNano? left, UnixNano? right) =>
        (left, right) switch
        {
            ({ } a, { } b) => a < b ? a : b,
            _ => left ?? right,
        };
}
