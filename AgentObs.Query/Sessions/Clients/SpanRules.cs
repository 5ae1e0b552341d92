using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentObs.Query;

/// <summary>
/// One client's rules of <c>SpanRules.json</c>: which spans become nodes and which fold. First match wins; a span without a match folds.
/// One instance serves one build: span names are a sender's own, so a shared cache of them would grow for ever.
/// </summary>
internal sealed class SpanRules
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly Lazy<SpanRule[]> All = new(() =>
    {
        using var stream = typeof(SpanRules).Assembly.GetManifestResourceStream("SpanRules.json")
            ?? throw new InvalidOperationException("SpanRules.json is not embedded in AgentObs.Query.");
        return JsonSerializer.Deserialize<SpanRule[]>(stream, Json)!;
    });

    private readonly Dictionary<string, SpanRule[]> _byName = new(StringComparer.Ordinal);
    private readonly SpanRule[] _rules;
    private readonly SpanRule _fold;

    public SpanRules(string client)
    {
        _rules = [.. All.Value.Where(rule => rule.Client == client)];
        _fold = new SpanRule(client, "", null, SpanRole.Fold, false, false);
    }

    public SpanRule Match(SpanRow span)
    {
        if (!_byName.TryGetValue(span.Name, out var named))
        {
            named = [.. _rules.Where(rule => rule.Names(span.Name))];
            _byName.Add(span.Name, named);
        }

        foreach (var rule in named)
        {
            if (rule.Fits(span))
            {
                return rule;
            }
        }

        return _fold;
    }
}
