using System.Text.Json;
using AgentObs.Query;

namespace AgentObs.Web.Components.Detail;

/// <summary>A text a person came to read: what was asked, run, answered.</summary>
/// <param name="Label">What it is: <c>prompt</c>, <c>command</c>, <c>arguments</c>, <c>output</c>, ...</param>
public sealed record ReadableText(string Label, string Text)
{
    /// <summary>Attribute keys of spans, span events and log records that hold such texts, in reading order.</summary>
    private static readonly (string Key, string Label)[] Keys =
    [
        ("user_prompt", "prompt"),
        ("prompt", "prompt"),
        ("gen_ai.input.messages", "input"),
        ("input.value", "input"),
        ("new_context", "context"),
        ("full_command", "command"),
        ("bash_command", "command"),
        ("file_path", "file"),
        ("tool_input", "arguments"),
        ("gen_ai.tool.call.arguments", "arguments"),
        ("arguments", "arguments"),
        ("tool_parameters", "parameters"),
        ("diff", "diff"),
        ("content", "content"),
        ("output", "output"),
        ("gen_ai.tool.call.result", "output"),
        ("response", "answer"),
        ("response.model_output", "answer"),
        ("gen_ai.output.messages", "answer"),
        ("output.value", "answer"),
        ("exception.message", "exception"),
        ("exception.stacktrace", "stack trace"),
    ];

    /// <summary>The node's own detail first, then what its span, its events and its log records say; equal texts once.</summary>
    public static IReadOnlyList<ReadableText> Of(TreeNode node, SpanDetail? span)
    {
        var texts = new List<(int Order, ReadableText Text)>();
        if (!string.IsNullOrWhiteSpace(node.Detail) && node.Detail != node.Name && node.Detail != node.Agent)
        {
            texts.Add((-1, new ReadableText(LabelOf(node), Pretty(node.Detail))));
        }

        if (span is not null)
        {
            IEnumerable<IReadOnlyDictionary<string, string>> sources =
                [span.Attributes, .. span.Events.Select(one => one.Attributes), .. span.Logs.Select(one => one.Attributes)];
            foreach (var source in sources)
            {
                for (var order = 0; order < Keys.Length; order++)
                {
                    if (source.TryGetValue(Keys[order].Key, out var text) && !string.IsNullOrWhiteSpace(text))
                    {
                        texts.Add((order, new ReadableText(Keys[order].Label, Pretty(text))));
                    }
                }
            }
        }

        return [.. texts
            .OrderBy(one => one.Order)
            .Select(one => one.Text)
            .Aggregate(new List<ReadableText>(), AddOnce)];
    }

    /// <summary>A longer form of a text that is there takes its place: the node's detail is cut, the attribute is whole.</summary>
    private static List<ReadableText> AddOnce(List<ReadableText> seen, ReadableText text)
    {
        var start = text.Text.Trim();
        var at = seen.FindIndex(one => Covers(one.Text.Trim(), start) || Covers(start, one.Text.Trim()));
        if (at < 0)
        {
            seen.Add(text);
        }
        else if (text.Text.Length > seen[at].Text.Length)
        {
            seen[at] = text;
        }

        return seen;
    }

    private static bool Covers(string whole, string part) =>
        whole.Length >= part.Length && whole.StartsWith(part.EndsWith('…') ? part[..^1] : part, StringComparison.Ordinal)
        && (whole.Length == part.Length || part.EndsWith('…'));

    private static string LabelOf(TreeNode node) => node.Kind switch
    {
        // What `agentobs run` started and is no agent has no prompt.
        NodeKinds.AgentRun or NodeKinds.Session when node.Agent == "process" => "command",
        NodeKinds.Turn or NodeKinds.AgentRun or NodeKinds.Session => "prompt",
        NodeKinds.ModelCall => "model",
        NodeKinds.ToolCall when node.Name is "Bash" or "exec_command" or "shell" or "local_shell" => "command",
        NodeKinds.ToolCall => "arguments",
        _ => "detail",
    };

    /// <summary>JSON in lines; every other text as it is.</summary>
    private static string Pretty(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length is < 2 or > 200_000 || trimmed[0] is not ('{' or '['))
        {
            return text;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(document.RootElement, PrettyJson);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static readonly JsonSerializerOptions PrettyJson = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
