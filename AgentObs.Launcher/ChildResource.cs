using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>
/// OTEL_RESOURCE_ATTRIBUTES of the child. What the user wrote there stays; what an outer launcher or the hook wrote is replaced, since it tells of the
/// outer process: its run and instance ids, its caller and its checkout.
/// </summary>
internal static class ChildResource
{
    /// <summary>What of it is true of any process below the child too: the hook begins with it where an agent took OTEL_* away.</summary>
    public const string SharedVariable = "AGENTOBS_RESOURCE";

    private const string Instance = "service.instance.id";

    /// <param name="existing">The launcher's own OTEL_RESOURCE_ATTRIBUTES, or where an agent took it away <see cref="SharedVariable"/>.</param>
    public static string Text(string? existing, LaunchedRun run)
    {
        var (kept, own) = Own(existing);
        var instance = own.Contains(Instance) ? [] : new KeyValuePair<string, string>[] { new(Instance, run.RunId) };
        return ResourceAttributes.Merge(
            kept, run.Provenance.Attributes().Concat(run.Caller).Concat(Checkout(run, own)).Concat(instance));
    }

    public static string Shared(string? existing, LaunchedRun run)
    {
        var (kept, own) = Own(existing);
        return ResourceAttributes.Merge(
            kept, (run.Provenance with { RunId = null }).Attributes().Concat(Checkout(run, own)));
    }

    private static IEnumerable<KeyValuePair<string, string>> Checkout(LaunchedRun run, HashSet<string> own) =>
        (run.Checkout?.Attributes() ?? []).Where(attribute => !own.Contains(attribute.Key));

    private static (string Kept, HashSet<string> Keys) Own(string? existing)
    {
        var before = ResourceAttributes.Read(existing);
        var outer = before.FirstOrDefault(attribute => attribute.Key == ProvenanceKeys.RunId).Value;
        var stale = before
            .Where(attribute => attribute.Key == ProvenanceKeys.RunId || attribute.Key.StartsWith(ParentIds.Prefix, StringComparison.Ordinal)
                || (outer is not null && (attribute.Key.StartsWith("vcs.", StringComparison.Ordinal) || (attribute.Key == Instance && attribute.Value == outer))))
            .Select(attribute => attribute.Key)
            .ToHashSet(StringComparer.Ordinal);
        return (
            ResourceAttributes.Without(existing, stale),
            before.Select(attribute => attribute.Key).Except(stale).ToHashSet(StringComparer.Ordinal));
    }
}
