namespace AgentObs.Query;

/// <summary>The model of one call. A run may change it (codex's spans name it at the request above the call), so it is no property of the run.</summary>
internal static class Models
{
    private const int MaxSteps = 6;

    /// <returns>The nearest span's above that names one, else the first that the run named; empty where nothing does.</returns>
    public static string Of(SessionDraft draft, int i)
    {
        var at = i;
        for (var step = 0; step < MaxSteps && at >= 0; step++)
        {
            if (draft.Readings[at].Model.Length > 0)
            {
                return draft.Readings[at].Model;
            }

            at = draft.Table.Parent[at];
        }

        return draft.RunOf[i]?.Model ?? "";
    }
}
