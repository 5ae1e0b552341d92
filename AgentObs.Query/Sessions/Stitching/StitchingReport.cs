namespace AgentObs.Query;

/// <summary>Answer of <c>GET /api/sessions/{id}/stitching</c>: what of the session's tree is unproven or missing.</summary>
/// <param name="Completeness">As in the session: the share of what its telemetry names that was received.</param>
/// <param name="CallsWithoutChild">Tool calls whose command runs an agent, with no run below.</param>
/// <param name="RunsWithoutParent">Agent runs besides the outermost that nothing hangs under a call.</param>
/// <param name="InferredEdges">Agent runs that hang where they do by inference alone.</param>
/// <param name="MissingParents">Spans that were named as parents and not received.</param>
/// <param name="MissingRoots">Runs of which spans came and the root did not: the process still runs, or was killed.</param>
/// <param name="MissingRecords">Numbers left out in a client's own count of its log records.</param>
/// <param name="Unassigned">Runtime spans without an id that fit several runs or none.</param>
public sealed record StitchingReport(
    string SessionId,
    double Completeness,
    IReadOnlyList<StitchingItem> CallsWithoutChild,
    IReadOnlyList<StitchingItem> RunsWithoutParent,
    IReadOnlyList<StitchingItem> InferredEdges,
    IReadOnlyList<StitchingItem> MissingParents,
    IReadOnlyList<StitchingItem> MissingRoots,
    IReadOnlyList<StitchingItem> MissingRecords,
    IReadOnlyList<StitchingItem> Unassigned);
