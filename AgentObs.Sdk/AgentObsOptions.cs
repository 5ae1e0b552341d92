namespace AgentObs.Sdk;

/// <summary>What a program says about itself. Everything else is read from its environment.</summary>
public sealed class AgentObsOptions
{
    /// <summary><c>service.name</c>; null: OTEL_SERVICE_NAME, else the name of the program's assembly.</summary>
    public string? ServiceName { get; set; }

    /// <summary>Names of the program's own <see cref="System.Diagnostics.ActivitySource"/>s to send, <c>Shop.*</c> for several at once.</summary>
    public ICollection<string> Sources { get; } = [];
}
