namespace AgentObs.Conventions;

/// <summary>Which content a client is told to send beside names, counts and times.</summary>
[Flags]
public enum CapturedContent
{
    None = 0,

    /// <summary>What the person typed.</summary>
    Prompts = 1,

    /// <summary>Commands and paths of Claude's tools; without them a nested run cannot be tied to the command that started it.</summary>
    ToolDetails = 2,

    /// <summary>What Claude's tools printed and wrote.</summary>
    ToolOutputs = 4,
}
