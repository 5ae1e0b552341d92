using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>A session's state at a moment. ListSessions.sql says the same, so that a page can be filtered by it; a test holds them together.</summary>
internal static class CurrentState
{
    public const long WaitingAfterMilliseconds = 5_000;

    // A killed agent never decides: after half a day nobody is waiting any more.
    public const long WaitingUntilMilliseconds = 12 * 3_600_000L;
    public const long RunningForMilliseconds = 60_000;

    public static string At(StateFacts facts, UnixNano now)
    {
        if (facts.OpenDecisionAt is { } asked && Since(asked, now) is >= WaitingAfterMilliseconds and < WaitingUntilMilliseconds)
        {
            return SessionStates.Waiting;
        }

        return facts.RootOpen && Since(facts.LastReceivedAt, now) <= RunningForMilliseconds ? SessionStates.Running : facts.LastTurn;
    }

    private static long Since(UnixNano then, UnixNano now) => (now.Value / 1_000_000) - (then.Value / 1_000_000);
}
