namespace AgentObs.Query;

/// <summary>Splits attributes into what a map can hold and what it cannot.</summary>
internal static class AttributeSplit
{
    /// <summary>
    /// Of equal keys the map gets the value with a uuid's length (codex's conversation, not its OS thread), else the first in
    /// ordinal order, since the order they are stored in means nothing; the others are added to <paramref name="duplicates"/>.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(AttributeMap attributes, ref List<AttributeDuplicate>? duplicates)
    {
        var map = new Dictionary<string, string>(attributes.Count, StringComparer.Ordinal);
        for (var i = 0; i < attributes.Count; i++)
        {
            var (key, value) = (attributes.KeyAt(i), attributes.ValueAt(i));
            if (map.TryAdd(key, value))
            {
                continue;
            }

            var (kept, other) = Prefer(map[key], value);
            map[key] = kept;
            (duplicates ??= []).Add(new AttributeDuplicate(key, other));
        }

        return map;
    }

    private static (string Kept, string Other) Prefer(string left, string right)
    {
        var order = (right.Length == AttributeMap.UuidLength).CompareTo(left.Length == AttributeMap.UuidLength);
        return (order != 0 ? order : string.CompareOrdinal(left, right)) <= 0 ? (left, right) : (right, left);
    }
}
