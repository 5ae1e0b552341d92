namespace AgentObs.Query;

/// <summary>The words of <see cref="RetentionDrop.Reason"/>.</summary>
public static class RetentionReasons
{
    public const string Age = "age";
    public const string Size = "size";
}
