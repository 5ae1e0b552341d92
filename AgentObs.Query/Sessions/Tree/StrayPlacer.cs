using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>
/// Places runtime spans without any id (codex sends 11 to 12 a process, most of them in traces of their own): into the run of the same process
/// where agentobs.run.id or service.instance.id tells, else into the only run of that service that was alive then, else into one visible fold. They never make runs.
/// </summary>
internal static class StrayPlacer
{
    private const string Prefix = "unassigned:";

    // Where codex.exec was received its times are the process's. Else the process began up to some seconds before its first span with an id.
    private const long ExactSlackNano = 50_000_000;
    private const long LostSlackNano = 5_000_000_000;

    public static bool IsFold(DraftNode node) => node.Id.StartsWith(Prefix, StringComparison.Ordinal);

    public static void Place(SessionDraft draft)
    {
        var windows = draft.Runs
            .Where(run => run.Spans.Count > 0 || run.Logs.Count > 0)
            .Where(run => run.Client.RunIsInsideSession)
            .SelectMany(run => Windows(draft, run))
            .OrderBy(window => window.Start).ThenBy(window => window.Run.Id, StringComparer.Ordinal)
            .ToList();
        var open = new List<(AgentRun Run, UnixNano Start, UnixNano End)>();
        var next = 0;
        foreach (var i in draft.Unassigned)
        {
            var span = draft.Span(i);
            while (next < windows.Count && windows[next].Start <= span.Start)
            {
                open.Add(windows[next++]);
            }

            open.RemoveAll(window => window.End < span.Start);
            var fits = Fitting(draft, i, open);
            var node = fits.Count == 1 && (!draft.FitsElsewhere.Contains(span.TraceId) || IsProven(draft, i, fits[0])) ? fits[0].Node! : Fold(draft, i, fits);
            draft.Home[i] = node;
            node.FoldedSpans++;
            if (draft.Readings[i].Failed || span.StatusCode == "Error")
            {
                node.FoldedErrors++;
            }
        }
    }

    private static IEnumerable<(AgentRun Run, UnixNano Start, UnixNano End)> Windows(SessionDraft draft, AgentRun run)
    {
        var exact = run.Primaries.Where(i => draft.Readings[i].Role == SpanRole.Entry).ToList();
        return exact.Count > 0
            ? exact.Select(i => (run, draft.Span(i).Start.Plus(-ExactSlackNano), draft.Span(i).End.Plus(ExactSlackNano)))
            : [(run, run.Start.Plus(-LostSlackNano), run.End.Plus(LostSlackNano))];
    }

    private static bool IsProven(SessionDraft draft, int i, AgentRun run) =>
        draft.Span(i).Resource.First("service.instance.id") is { Length: > 0 } instance && run.Instances.Contains(instance);

    private static List<AgentRun> Fitting(SessionDraft draft, int i, List<(AgentRun Run, UnixNano Start, UnixNano End)> open)
    {
        var span = draft.Span(i);
        if (span.Resource.First(ProvenanceKeys.RunId) is { Length: > 0 } launch
            && open.Select(window => window.Run).Where(run => run.Launches.Contains(launch)).Distinct().Take(2).ToList() is [var launched])
        {
            return [launched];
        }

        var instance = span.Resource.First("service.instance.id");
        List<AgentRun> fits = [];
        List<AgentRun> sameInstance = [];
        foreach (var (run, _, _) in open)
        {
            if (run.Service != span.Service || (span.ParentSpanId.Length > 0 && !SameOrigin(draft, i, run)))
            {
                continue;
            }

            if (!fits.Contains(run))
            {
                fits.Add(run);
            }

            if (instance.Length > 0 && run.Instances.Contains(instance) && !sameInstance.Contains(run))
            {
                sameInstance.Add(run);
            }
        }

        return sameInstance.Count == 1 ? sameInstance : fits;
    }

    // An entry span without an id names the same caller as the run's other entry spans.
    private static bool SameOrigin(SessionDraft draft, int i, AgentRun run) =>
        !draft.Readings[i].Boundary || run.Origin == new SpanKey(draft.Span(i).TraceId, draft.Span(i).ParentSpanId);

    // One fold for all that fit the same runs' caller: under the nearest node that has all of those runs below it.
    private static DraftNode Fold(SessionDraft draft, int i, List<AgentRun> fits)
    {
        var parent = draft.Table.Parent[i];
        var above = fits.Count > 0 ? CommonParent(draft, fits) : parent >= 0 && draft.Home[parent] is { } home ? home : draft.Session;
        if (IsFold(above))
        {
            return above;
        }

        var node = draft.Node(Prefix + above.Id, NodeKinds.Span);
        node.Name = "unassigned runtime";
        node.Detail = "runtime spans without an id that fit several runs or none";
        node.Agent = draft.Clients[i].AgentOf(draft.Span(i).Service, true);
        node.Cover(draft.Span(i).Start, draft.Span(i).End);
        if (node.Parent is null)
        {
            node.Hang(above, EdgeEvidence.Inferred, "same service and time; several runs fit, or none");
        }

        return node;
    }

    private static DraftNode CommonParent(SessionDraft draft, List<AgentRun> runs)
    {
        var common = runs[0].Node!.Parent ?? draft.Session;
        foreach (var run in runs.Skip(1))
        {
            while (run.Node!.Parent is { } parent && !parent.IsInside(common) && !ReferenceEquals(common, draft.Session))
            {
                common = common.Parent ?? draft.Session;
            }
        }

        return common;
    }
}
