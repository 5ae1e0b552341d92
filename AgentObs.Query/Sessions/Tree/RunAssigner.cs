namespace AgentObs.Query;

/// <summary>
/// Finds out which run each span and log record belongs to: by the id on it, else by the span above it, else by one below it, else by an equal
/// turn.id. Of codex's 570 spans a process about 12 carry the conversation's id.
/// </summary>
internal static class RunAssigner
{
    public static void Assign(SessionDraft draft)
    {
        var ids = IdsFromBelow(draft);
        AssignFromAbove(draft, ids);
        AssignByTurn(draft, ids);
        AssignOrphans(draft, ids);
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i].Length > 0)
            {
                Join(draft, i, draft.Run(ids[i], draft.Clients[i]));
            }
            else
            {
                draft.Unassigned.Add(i);
            }
        }

        AssignLogs(draft);
    }

    public static void Join(SessionDraft draft, int i, AgentRun run)
    {
        var span = draft.Span(i);
        draft.RunOf[i] = run;
        run.Spans.Add(i);
        run.See(span.Start, span.End, span.ReceivedAt);
        if (draft.Readings[i].Primary)
        {
            run.Primaries.Add(i);
        }

        if (run.Origin.SpanId.Length == 0 && draft.Readings[i].Boundary && draft.Readings[i].Role != SpanRole.Fold)
        {
            run.Origin = new SpanKey(span.TraceId, span.ParentSpanId);
        }

        // A run of a known agent inside a program's trace is that agent's, whatever span came first.
        if (run.Client.RootRank > draft.Clients[i].RootRank && draft.Readings[i].RunId == run.Id)
        {
            run.Client = draft.Clients[i];
        }

        if (run.Service.Length == 0 || run.Spans.Count == 1)
        {
            run.Service = span.Service;
            run.Resource = span.Resource;
        }

        run.SessionId = draft.Clients[i] is Launcher && run.Spans.Count == 1 ? Conventions.Ids.TraceSessionPrefix + span.TraceId : run.SessionId;
        run.Model = run.Model.Length > 0 ? run.Model : draft.Readings[i].Model;
        run.From(span.Resource);
    }

    private static string[] IdsFromBelow(SessionDraft draft)
    {
        var table = draft.Table;
        var ids = new string[table.Count];
        var from = new int[table.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = draft.Readings[i].RunId;
            from[i] = ids[i].Length > 0 ? -1 : int.MaxValue;
        }

        for (var o = table.Count - 1; o >= 0; o--)
        {
            var i = table.Order[o];
            var parent = table.Parent[i];
            if (parent >= 0 && ids[i].Length > 0 && i < from[parent] && ReferenceEquals(draft.Clients[i], draft.Clients[parent]))
            {
                ids[parent] = ids[i];
                from[parent] = i;
            }
        }

        return ids;
    }

    // Until here a span without an id of its own has one from below. The span above knows better, but where the span begins a thread or process.
    private static void AssignFromAbove(SessionDraft draft, string[] ids)
    {
        var table = draft.Table;
        foreach (var i in table.Order)
        {
            var reading = draft.Readings[i];
            if (reading.RunId.Length > 0)
            {
                continue;
            }

            var parent = table.Parent[i];
            var sameClient = parent >= 0 && ReferenceEquals(draft.Clients[parent], draft.Clients[i]);
            if (reading.Boundary)
            {
                if (ids[i].Length == 0 && sameClient && reading.Role == SpanRole.Fold)
                {
                    ids[i] = ids[parent];
                }
            }
            else if (parent >= 0 && (sameClient || draft.Clients[i].BorrowsRun) && ids[parent].Length > 0)
            {
                ids[i] = ids[parent];
            }

            if (ids[i].Length == 0 && draft.Clients[i].BorrowsRun && !draft.Strays.Contains(draft.Span(i).TraceId))
            {
                ids[i] = Conventions.Ids.TraceSessionPrefix + draft.Span(i).TraceId;
            }
        }
    }

    private static void AssignByTurn(SessionDraft draft, string[] ids)
    {
        var byTurn = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i].Length > 0 && draft.Readings[i] is { TurnId.Length: > 0 } reading)
            {
                byTurn.TryAdd(reading.TurnId, ids[i]);
            }
        }

        foreach (var i in draft.Table.Order)
        {
            if (ids[i].Length > 0)
            {
                continue;
            }

            var reading = draft.Readings[i];
            var parent = draft.Table.Parent[i];
            if (reading.TurnId.Length > 0 && byTurn.TryGetValue(reading.TurnId, out var id))
            {
                ids[i] = id;
            }
            else if (!reading.Boundary && parent >= 0 && ReferenceEquals(draft.Clients[parent], draft.Clients[i]))
            {
                ids[i] = ids[parent];
            }
        }
    }

    // Spans whose parents were lost: those that name the same lost parent are of one run; so is a trace in which only one run speaks.
    private static void AssignOrphans(SessionDraft draft, string[] ids)
    {
        foreach (var missing in draft.Table.Missing.Values)
        {
            var known = "";
            foreach (var child in missing.Children)
            {
                known = known.Length == 0 && !draft.Readings[child].Boundary ? ids[child] : known;
            }

            foreach (var child in missing.Children)
            {
                if (ids[child].Length == 0 && !draft.Readings[child].Boundary)
                {
                    ids[child] = known;
                }
            }
        }

        var byTrace = new Dictionary<(string Trace, AgentClient Client), string?>();
        for (var i = 0; i < ids.Length; i++)
        {
            var key = (draft.Span(i).TraceId, draft.Clients[i]);
            if (ids[i].Length > 0)
            {
                byTrace[key] = !byTrace.TryGetValue(key, out var other) || other == ids[i] ? ids[i] : null;
            }
        }

        foreach (var i in draft.Table.Order)
        {
            if (ids[i].Length > 0)
            {
                continue;
            }

            var parent = draft.Table.Parent[i];
            if (!draft.Readings[i].Boundary && parent >= 0 && ReferenceEquals(draft.Clients[parent], draft.Clients[i]) && ids[parent].Length > 0)
            {
                ids[i] = ids[parent];
            }
            else if (byTrace.TryGetValue((draft.Span(i).TraceId, draft.Clients[i]), out var only) && only is not null)
            {
                ids[i] = only;
            }
        }
    }

    private static void AssignLogs(SessionDraft draft)
    {
        for (var i = 0; i < draft.Logs.Length; i++)
        {
            var reading = draft.LogReadings[i];
            var run = draft.FindRun(reading.RunId);
            if (run is null && reading.Role != LogRole.None && reading.RunId.Length > 0)
            {
                run = draft.Run(reading.RunId, draft.LogClients[i]);
                run.Service = draft.Logs[i].Service;
                run.Resource = draft.Logs[i].Resource;
                run.From(run.Resource);
            }

            if (run is null)
            {
                continue;
            }

            draft.LogRunOf[i] = run;
            run.Model = run.Model.Length > 0 ? run.Model : reading.Model;
            run.Logs.Add(i);
            run.SpansOff |= reading.SpansOff;
            run.See(draft.Logs[i].Time, draft.Logs[i].Time, draft.Logs[i].ReceivedAt);
        }
    }
}
