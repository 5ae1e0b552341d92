using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>
/// Tells the sessions of agents from what any program with OpenTelemetry sends: a web service's traces are found under /api/traces and are no sessions.
/// </summary>
internal static class AgentWork
{
    /// <summary>An agent's own telemetry, a model's or an agent framework's spans, a launched process, or a task that the program declares.</summary>
    public static bool IsIn(SessionDraft draft)
    {
        for (var i = 0; i < draft.Table.Count; i++)
        {
            if (draft.Clients[i] is not OtherProgram || draft.Span(i).Attributes.Has(ProvenanceKeys.TaskId) || draft.Span(i).Resource.Has(ProvenanceKeys.TaskId))
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
}
