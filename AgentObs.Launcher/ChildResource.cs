using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>
/// OTEL_RESOURCE_ATTRIBUTES of the child. What the user wrote there stays; what an outer launcher wrote is replaced, since it tells of the outer
/// process: its run and instance ids and its checkout.
/// </summary>
internal static class ChildResource
{
    private const string Instance = "service.instance.id";

    public static string Text(string? existing, LaunchedRun run)
    {
        var before = ResourceAttributes.Read(existing);
        var outer = before.FirstOrDefault(attribute => attribute.Key == ProvenanceKeys.RunId).Value;
        var stale = before
            .Where(attribute => outer is not null
                && (attribute.Key.StartsWith("vcs.", StringComparison.Ordinal) || (attribute.Key == Instance && attribute.Value == outer)))
            .Select(attribute => attribute.Key)
            .ToHashSet(StringComparer.Ordinal);
        var own = before.Select(attribute => attribute.Key).Except(stale).ToHashSet(StringComparer.Ordinal);
        var optional = (run.Checkout?.Attributes() ?? []).Append(new(Instance, run.RunId)).Where(attribute => !own.Contains(attribute.Key));
        return ResourceAttributes.Merge(ResourceAttributes.Without(existing, stale), run.Provenance.Attributes().Concat(optional));
    }
}
