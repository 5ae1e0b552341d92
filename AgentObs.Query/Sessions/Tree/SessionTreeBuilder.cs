namespace AgentObs.Query;

/// <summary>
/// Makes the tree of a session from its rows. Pure: the result depends on the set of rows and, for the wording of placeholders, on
/// <see cref="SessionInput.Now"/>; not on the order or number of times in which they came.
/// </summary>
internal static class SessionTreeBuilder
{
    /// <summary>The session's tree.</summary>
    /// <param name="input">Rows of all traces and runs that belong together.</param>
    /// <param name="folded">False gives every span its node.</param>
    /// <returns>Null where the rows make no session: nothing but runtime spans without an id, an agent's start without a prompt, or a program in which no agent works.</returns>
    public static BuiltSession? Build(SessionInput input, bool folded = true)
    {
        var draft = new SessionDraft(StartedRuns.Add(input));
        RunAssigner.Assign(draft);
        ToolReader.Read(draft);
        RunStitcher.Stitch(draft);
        if (draft.Root is not { } root || !AgentWork.IsIn(draft))
        {
            return null;
        }

        draft.Session = draft.Node(NodeIds.Session(root.SessionId), NodeKinds.Session);
        draft.Session.Agent = root.Agent;
        draft.Session.Conversation = root.Conversation;
        TurnMaker.Make(draft);
        NodeMaker.Make(draft);
        new LogPlacer(draft).Place();
        StrayPlacer.Place(draft);
        TurnTokens.AddRest(draft);
        PendingNodes.Fold(draft);
        OpenCalls.Adopt(draft);
        var claims = TaskReader.Read(draft);
        var ordered = TreeWriter.Order(draft);
        SessionFacts.Bound(draft);
        var tasks = TaskReader.Count(ordered, claims);
        var (session, state) = SessionFacts.Read(draft, ordered);
        var stitching = StitchingReader.Read(draft, ordered, session);
        if (!folded)
        {
            Unfolder.Unfold(draft);
            ordered = TreeWriter.Order(draft);
        }

        return new BuiltSession(session, state, Runs(draft), TreeWriter.Write(draft, ordered))
        {
            Stitching = stitching,
            Tasks = tasks,
        };
    }

    private static List<string> Runs(SessionDraft draft) =>
        [.. draft.Runs.Select(run => run.Id)
            .Concat(draft.Nodes.Where(node => node.Kind == NodeKinds.AgentRun && node.Subagent.Length > 0 && node.Conversation == node.Subagent).Select(node => node.Subagent))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
}
