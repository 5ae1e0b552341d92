namespace AgentObs.Query;

/// <summary>What a projection pass left to do.</summary>
/// <param name="OldestOpen">Number of the pass that found the oldest change which is not projected yet, failing sessions apart; null for none.</param>
/// <param name="NextDue">When the first of the sessions that rest is due; null where none rests.</param>
/// <param name="NextUrgent">The same where somebody waits for it.</param>
internal sealed record PassResult(long Pass, long? OldestOpen, TimeSpan? NextDue, TimeSpan? NextUrgent);
