namespace AgentObs.Conventions;

/// <summary>
/// Who works on what: handed down the process tree as <c>AGENTOBS_*</c> variables (Claude Code strips <c>OTEL_*</c> from its children)
/// and stamped on telemetry as resource attributes, which Claude Code and Codex copy from OTEL_RESOURCE_ATTRIBUTES onto every span.
/// Absent values are null.
/// </summary>
public sealed record Provenance
{
    public string? TaskId { get; init; }

    public string? TaskTitle { get; init; }

    public string? TaskUrl { get; init; }

    public string? Role { get; init; }

    public string? RunId { get; init; }

    /// <summary>Reads AGENTOBS_TASK_ID, _TASK_TITLE, _TASK_URL, _ROLE and _RUN_ID.</summary>
    public static Provenance FromEnvironment(Func<string, string?> variable) => new()
    {
        TaskId = Present(variable("AGENTOBS_TASK_ID")),
        TaskTitle = Present(variable("AGENTOBS_TASK_TITLE")),
        TaskUrl = Present(variable("AGENTOBS_TASK_URL")),
        Role = Present(variable("AGENTOBS_ROLE")),
        RunId = Present(variable("AGENTOBS_RUN_ID")),
    };

    /// <summary>The values that are there, under the keys of <see cref="ProvenanceKeys"/>.</summary>
    public IEnumerable<KeyValuePair<string, string>> Attributes()
    {
        (string Key, string? Value)[] all =
        [
            (ProvenanceKeys.TaskId, TaskId), (ProvenanceKeys.TaskTitle, TaskTitle), (ProvenanceKeys.TaskUrl, TaskUrl),
            (ProvenanceKeys.Role, Role), (ProvenanceKeys.RunId, RunId),
        ];
        return all.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!));
    }

    /// <summary>The values that are there, under the names of <see cref="FromEnvironment"/>.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables()
    {
        (string Name, string? Value)[] all =
        [
            ("AGENTOBS_TASK_ID", TaskId), ("AGENTOBS_TASK_TITLE", TaskTitle), ("AGENTOBS_TASK_URL", TaskUrl),
            ("AGENTOBS_ROLE", Role), ("AGENTOBS_RUN_ID", RunId),
        ];
        return all.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value!));
    }

    private static string? Present(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
