using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>
/// Tells the sessions of agents from what any program with OpenTelemetry sends: a web service's traces are found under /api/traces and are no sessions.
/// </summary>
internal static class AgentWork
{
    /// <summary>
    /// An agent's own telemetry, a model's or an agent framework's spans, spans with a response's tokens, a launched process, or a program that says
    /// which session or task its spans are of.
    /// </summary>
    public static bool IsIn(SessionDraft draft)
    {
        for (var i = 0; i < draft.Table.Count; i++)
        {
            var span = draft.Span(i);
            if (draft.Clients[i] is not OtherProgram || span.TokenSource != 0 || SaysItsSession(draft.RunOf[i])
                || span.Attributes.Has(ProvenanceKeys.TaskId) || span.Resource.Has(ProvenanceKeys.TaskId))
            {
                return true;
            }
        }

        for (var i = 0; i < draft.Logs.Length; i++)
        {
            if (draft.LogRunOf[i] is not null && draft.LogClients[i] is not OtherProgram)
            {
                return true;
            }
        }

        return false;
    }

    private static bool SaysItsSession(AgentRun? run) => run is not null && !run.Id.StartsWith("trace:", StringComparison.Ordinal);
}
