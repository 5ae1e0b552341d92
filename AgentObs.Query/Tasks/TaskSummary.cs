namespace AgentObs.Query;

/// <summary>A ticket, with all that was done for it.</summary>
/// <param name="Title">Empty where nobody declared one.</param>
/// <param name="Sessions">Ids of the sessions in which it was worked on, the latest first.</param>
/// <param name="Runs">The session, run or span that worked on it in each of them, and how that is known.</param>
/// <param name="DurationNano">Of its runs together; runs that went on at the same time count each.</param>
public sealed record TaskSummary(
    string Id,
    string Title,
    string Url,
    IReadOnlyList<string> Sessions,
    IReadOnlyList<TaskSession> Runs,
    TokenCounts Tokens,
    int Errors,
    long DurationNano);
