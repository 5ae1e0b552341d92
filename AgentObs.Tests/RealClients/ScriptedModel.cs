using AgentObs.Query;

namespace AgentObs.Tests.RealClients;

/// <summary>What a model answers to one prompt: the nth request of that conversation gets the nth answer, however often it is asked.</summary>
/// <param name="Prompt">A user's text of the request, word for word; no two models of a scenario have the same.</param>
/// <param name="Wire"><c>anthropic</c> (Messages) or <c>openai</c> (Responses).</param>
internal sealed record ScriptedModel(string Prompt, string Wire, IReadOnlyList<ScriptedAnswer> Answers)
{
    public const string Anthropic = "anthropic";
    public const string OpenAI = "openai";

    public TokenCounts Cost => Answers.Aggregate(TokenCounts.Zero, (sum, answer) => sum + answer.Cost);
}
