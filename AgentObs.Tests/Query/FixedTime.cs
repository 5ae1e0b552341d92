namespace AgentObs.Tests.Query;

/// <summary>A clock that stands; timers and timestamps are the system's.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
