using System.Diagnostics;
using AgentObs.Conventions;

namespace AgentObs.Sdk;

/// <summary>Says on a span which task it works on, so that AgentObs counts it (and what hangs below it) there.</summary>
public static class TaskActivity
{
    /// <param name="activity">The span; null (not sampled) is fine.</param>
    /// <param name="id">The ticket, for example <c>PROJ-123</c>.</param>
    /// <param name="title">What a person calls it.</param>
    /// <param name="url">Where it is tracked.</param>
    public static Activity? SetTask(this Activity? activity, string id, string? title = null, string? url = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        foreach (var (key, value) in new Provenance { TaskId = id, TaskTitle = title, TaskUrl = url }.Attributes())
        {
            activity?.SetTag(key, value);
        }

        return activity;
    }
}
