namespace AgentObs.Query;

/// <summary>
/// Finds what each run hangs under, best evidence first: ids that the caller handed over, the parent of its first span, and where the client
/// passes TRACEPARENT on unchanged or not at all, the tool call that was open and whose command runs this agent.
/// </summary>
internal static class RunStitcher
{
    public static void Stitch(SessionDraft draft)
    {
        List<AgentRun> runs = [.. draft.Runs.OrderBy(run => run.Start).ThenBy(run => run.Id, StringComparer.Ordinal)];
        var search = new CallerSearch(draft);
        var prompts = Prompts(draft);
        foreach (var run in runs)
        {
            run.Parent = ParentHints.Read(draft, run) is { } hint && !Loops(draft, run, hint) ? hint : RemoteParent(draft, run);
        }

        foreach (var run in runs)
        {
            var prompt = prompts.GetValueOrDefault(run.Id, "");
            if (run.Parent is { HandedOver: true })
            {
                continue;
            }

            var passedOn = run.Parent;
            var (call, evidence) = search.Find(run, prompt, candidate => IsBeside(draft, run, candidate, passedOn));
            if (call is null || (passedOn is not null && IsAnothers(draft, run, prompt, call, search)))
            {
                continue;
            }

            List<string> words = [.. evidence.Select(word => word.Replace("its command", $"the command of {call.Name}", StringComparison.Ordinal))];
            if (passedOn is not null)
            {
                words.Add("TRACEPARENT names a span further out, which the agent between hands on unchanged");
            }

            var inferred = new RunParent(EdgeEvidence.Inferred, words, Span: call.Span, Call: call.Span < 0 ? call : null);
            if (!Loops(draft, run, inferred))
            {
                run.Parent = inferred;
            }
        }

        LauncherMerge.Merge(draft);
        runs = [.. draft.Runs];
        foreach (var run in runs)
        {
            run.Parent = run.Parent is { } parent && OwnerOf(draft, parent) is null && parent.Missing is null ? null : run.Parent;
        }

        draft.Root = runs.Where(run => run.Parent is null or { Missing: not null })
            .OrderBy(run => HasRoot(draft, run) ? 0 : 1)
            .ThenBy(run => run.Client.RootRank)
            .ThenBy(run => run.Start)
            .ThenBy(run => run.Id, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>The run that a parent lies in; null where it lies in none.</summary>
    public static AgentRun? OwnerOf(SessionDraft draft, RunParent parent) =>
        parent.Run ?? (parent.Span >= 0 ? draft.RunOf[parent.Span] : parent.Call is { } call ? draft.FindRun(call.RunId) : null);

    // A run that was received from its root outranks one whose own caller is not known yet: a program whose step is still open, and the Claude in it.
    private static bool HasRoot(SessionDraft draft, AgentRun run) =>
        run.Spans.Any(i => draft.Span(i).ParentSpanId.Length == 0 && (draft.Readings[i].Primary || draft.Clients[i].BorrowsRun));

    // The parent that most of the run's first spans name: of codex's six entry spans each names it, whichever were received.
    private static RunParent? RemoteParent(SessionDraft draft, AgentRun run)
    {
        var table = draft.Table;
        RunParent? lost = null;
        foreach (var i in run.Spans)
        {
            var parent = table.Parent[i];
            if (parent >= 0 && draft.RunOf[parent] is { } other && !ReferenceEquals(other, run))
            {
                var found = new RunParent(EdgeEvidence.Proven, ["span parent in the same trace"], Span: parent);
                if (!Loops(draft, run, found))
                {
                    return found;
                }
            }
            else if (lost is null && (draft.Readings[i].Boundary || draft.Readings[i].Primary) && table.MissingParent(i) is { } missing)
            {
                lost = new RunParent(EdgeEvidence.Proven, ["span parent in the same trace"], Missing: missing);
            }
        }

        return lost;
    }

    // Where TRACEPARENT is handed on unchanged, a grandchild names the same span as its real parent: only a call of a run that hangs at or
    // below that span can have started it.
    private static bool IsBeside(SessionDraft draft, AgentRun run, ToolFacts call, RunParent? passedOn)
    {
        var caller = draft.FindRun(call.RunId);
        if (caller is null || ReferenceEquals(caller, run) || IsBelow(draft, caller, run))
        {
            return false;
        }

        if (passedOn is null)
        {
            return true;
        }

        for (var at = caller; at is { Parent: not null }; at = OwnerOf(draft, at.Parent))
        {
            if (at.Client.PassesTraceParentOn
                && (passedOn.Span >= 0 ? at.Parent.Span == passedOn.Span : passedOn.Missing is not null && ReferenceEquals(at.Parent.Missing, passedOn.Missing)))
            {
                return true;
            }
        }

        return false;
    }

    // Of two codex that one Bash call started the later one begins while the earlier one's own command runs a codex, too: the prompt says which call it is of.
    private static bool IsAnothers(SessionDraft draft, AgentRun run, string prompt, ToolFacts call, CallerSearch search) =>
        !call.Command.Contains(prompt, StringComparison.Ordinal)
        && search.IsNamed(prompt, other => other.RunId != run.Id && !IsBelow(draft, draft.FindRun(other.RunId), run));

    /// <summary>Whether the parent lies in the run itself, or in one that hangs below it.</summary>
    public static bool Loops(SessionDraft draft, AgentRun run, RunParent parent) => OwnerOf(draft, parent) is { } owner && IsBelow(draft, owner, run);

    private static bool IsBelow(SessionDraft draft, AgentRun? run, AgentRun above)
    {
        for (var at = run; at is not null; at = at.Parent is null ? null : OwnerOf(draft, at.Parent))
        {
            if (ReferenceEquals(at, above))
            {
                return true;
            }
        }

        return false;
    }

    private static Dictionary<string, string> Prompts(SessionDraft draft)
    {
        var prompts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < draft.Logs.Length; i++)
        {
            if (draft.LogReadings[i] is { Role: LogRole.Prompt, Detail.Length: > 0 } reading)
            {
                prompts.TryAdd(reading.RunId, reading.Detail);
            }
        }

        for (var i = 0; i < draft.Table.Count; i++)
        {
            if (draft.Readings[i].Prompt.Length > 0 && draft.RunOf[i] is { } run)
            {
                prompts.TryAdd(run.Id, draft.Readings[i].Prompt);
            }
        }

        return prompts;
    }
}
