namespace AgentObs.Query;

/// <summary>What a projection pass left to do.</summary>
/// <param name="OldestOpen">Number of the pass that found the oldest change which is not projected yet, failing sessions apart; null for none.</param>
/// <param name="NextDue">When the first of the sessions that rest is due; null where none rests.</param>
internal sealed record PassResult(long Pass, long? OldestOpen, TimeSpan? NextDue)
{
    /// <summary>Nothing that this pass or an earlier one found is still to be projected.</summary>
    public bool IsDone => OldestOpen is not { } oldest || oldest > Pass;
}
