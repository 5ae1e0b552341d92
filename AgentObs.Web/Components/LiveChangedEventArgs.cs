namespace AgentObs.Web.Components;

/// <summary>What <c>&lt;live-listener&gt;</c> says: ids of changed sessions, null when anything may have changed.</summary>
public sealed class LiveChangedEventArgs : EventArgs
{
    public IReadOnlyList<string>? Sessions { get; set; }
}
