using AgentObs.Conventions;

namespace AgentObs.Sdk;

/// <summary>What a program that an agent or the launcher started knows about its task, ready for <c>ResourceBuilder.AddAttributes</c>.</summary>
public static class ProvenanceResource
{
    /// <summary>The AGENTOBS_* variables as resource attributes: <c>agentobs.task.id</c> and its siblings; empty when none is set.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Attributes() =>
        Attributes(Environment.GetEnvironmentVariable);

    internal static IEnumerable<KeyValuePair<string, object>> Attributes(Func<string, string?> variable) =>
        Provenance.FromEnvironment(variable).Attributes().Select(pair => KeyValuePair.Create(pair.Key, (object)pair.Value));
}
