using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>
/// A row on a person's screen stays that row while telemetry arrives: each recording is fed piece by piece, as recorded, records before spans, spans
/// before records, and shuffled, and every tree is compared with the one before.
/// </summary>
public sealed class StableIdTests
{
    private const int Pieces = 8;
    private const long Second = 1_000_000_000;
    private static readonly UnixNano Begin = new(1_700_000_000_000_000_000);
    private static readonly UnixNano LongAfter = new(1_900_000_000_000_000_000);

    public static TheoryData<string> Scenarios => [.. Recording.Names];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_node_once_shown_keeps_its_id(string scenario)
    {
        var recording = Recording.Load(scenario);
        var expected = Text(SessionTreeBuilder.Build(new SessionInput("", recording.Spans, recording.Logs, [], LongAfter)));
        foreach (var (order, pieces) in Orders(recording))
        {
            List<SpanRow> spans = [];
            List<LogRow> logs = [];
            BuiltSession? before = null;
            for (var piece = 0; piece < pieces.Count; piece++)
            {
                var received = Begin.Plus(piece * Second);
                spans.AddRange(pieces[piece].OfType<SpanRow>().Select(span => Variant.Of(span, received: received)));
                logs.AddRange(pieces[piece].OfType<LogRow>().Select(log => Variant.Of(log, received: received)));
                var after = SessionTreeBuilder.Build(new SessionInput("", spans, logs, [], received.Plus(Second)));
                Invariants.Check(after, spans.Count);
                if (before is not null && after is not null)
                {
                    Compare(before, after, $"{scenario}, {order}, piece {piece}");
                }

                before = after ?? before;
            }

            Assert.Equal(expected, Text(SessionTreeBuilder.Build(new SessionInput("", spans, logs, [], LongAfter))));
        }
    }

    /// <summary>
    /// What may go: a placeholder whose span landed and folds; the fold of unassigned runtime; and where it shows that the session is part of a larger
    /// one, its session node, its turns and the node of its outermost run.
    /// </summary>
    private static void Compare(BuiltSession before, BuiltSession after, string where)
    {
        var ids = after.Nodes.Select(node => node.Id).ToHashSet();
        var bySpan = after.Nodes.Where(node => node.SpanId is { Length: > 0 }).ToLookup(node => (node.TraceId, node.SpanId));
        var grown = before.Session.Id != after.Session.Id;
        foreach (var node in before.Nodes)
        {
            if (ids.Contains(node.Id) || node.Id.StartsWith("unassigned:", StringComparison.Ordinal)
                || (grown && (node.Kind is NodeKinds.Session or NodeKinds.Turn || node.Id == "run:" + before.Session.Id || node.Id == "run:" + after.Session.Id)))
            {
                continue;
            }

            var landed = bySpan[(node.TraceId, node.SpanId)].FirstOrDefault();
            Assert.True(node.Placeholder && landed is null, $"{where}: {(node.Placeholder ? "? " : "")}{node.Kind} {node.Name} {node.Id} became {landed?.Kind} {landed?.Id}");
        }
    }

    private static IEnumerable<(string Order, List<object[]> Pieces)> Orders(Recording recording)
    {
        var spans = recording.Spans.OrderBy(span => span.ReceivedAt).ToList<object>();
        var logs = recording.Logs.OrderBy(log => log.ReceivedAt).ToList<object>();
        var recorded = recording.Spans.Select(span => (At: span.ReceivedAt, Row: (object)span)).Concat(recording.Logs.Select(log => (At: log.ReceivedAt, Row: (object)log)))
            .OrderBy(row => row.At).Select(row => row.Row).ToList();
        yield return ("as recorded", Cut(recorded));
        yield return ("records first", Cut([.. logs, .. spans]));
        yield return ("spans first", Cut([.. spans, .. logs]));
        var random = new Random(5);
        for (var round = 0; round < 2; round++)
        {
            yield return ($"shuffled {round}", Cut([.. recorded.OrderBy(_ => random.Next())]));
        }
    }

    private static List<object[]> Cut(List<object> rows) => [.. rows.Chunk(Math.Max(1, (rows.Count + Pieces - 1) / Pieces))];

    private static string Text(BuiltSession? built) => built is null ? "no session\n" : SessionText.Of(built);
}
