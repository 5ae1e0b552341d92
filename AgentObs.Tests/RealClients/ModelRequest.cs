using System.Text.Json;

namespace AgentObs.Tests.RealClients;

/// <summary>A request to a model API: which scripted model it is for, and which of its answers is due.</summary>
/// <param name="Model">Null where no prompt of the scenario stands in it.</param>
/// <param name="Turn">0 for the first answer: the answers of the model that the request repeats.</param>
internal sealed record ModelRequest(ScriptedModel? Model, int Turn, string ModelName)
{
    public ScriptedAnswer? Answer => Model is not null && Turn < Model.Answers.Count ? Model.Answers[Turn] : null;

    /// <summary>How a request is named in a list of them.</summary>
    public static string Line(ScriptedModel? model, int turn) => $"answer {turn} of '{model?.Prompt}'";

    /// <summary>
    /// Messages: <c>{"messages":[{"role":"user","content":"..." or [{"type":"text","text":"..."}]},{"role":"assistant",...}]}</c>. Each answer is one
    /// assistant message.
    /// </summary>
    public static ModelRequest OfMessages(JsonElement body, Scenario scenario)
    {
        var messages = body.GetProperty("messages").EnumerateArray().ToList();
        return Of(ScriptedModel.Anthropic, body, scenario, messages, messages.Count(IsFrom("assistant")));
    }

    /// <summary>
    /// Responses: <c>{"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"..."}]},{"type":"function_call",...}]}</c>.
    /// Of an answer with a call the text and the call come back as two items; the call alone is counted.
    /// </summary>
    public static ModelRequest OfResponses(JsonElement body, Scenario scenario)
    {
        var items = body.GetProperty("input").EnumerateArray().ToList();
        return Of(ScriptedModel.OpenAI, body, scenario, items, items.Count(item => item.TryGetProperty("type", out var type) && type.ValueEquals("function_call")));
    }

    private static ModelRequest Of(string wire, JsonElement body, Scenario scenario, List<JsonElement> messages, int turn)
    {
        var said = messages.Where(IsFrom("user")).SelectMany(Texts).ToHashSet(StringComparer.Ordinal);
        return new ModelRequest(
            scenario.Models.FirstOrDefault(model => model.Wire == wire && said.Contains(model.Prompt)), turn, body.GetProperty("model").GetString()!);
    }

    private static Func<JsonElement, bool> IsFrom(string role) =>
        message => message.TryGetProperty("role", out var of) && of.ValueEquals(role);

    private static IEnumerable<string> Texts(JsonElement message)
    {
        var content = message.GetProperty("content");
        return content.ValueKind == JsonValueKind.String
            ? [content.GetString()!.Trim()]
            : [.. content.EnumerateArray().Where(part => part.TryGetProperty("text", out _)).Select(part => part.GetProperty("text").GetString()!.Trim())];
    }
}
