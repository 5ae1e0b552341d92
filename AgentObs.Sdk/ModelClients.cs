namespace AgentObs.Sdk;

/// <summary>
/// Telemetry that the model clients make themselves, as they name it: OpenAI 2.15.0 (<c>OpenAI.ResponsesClient</c>, <c>OpenAI.ChatClient</c>; its
/// other clients make none) and Microsoft.Extensions.AI 10.11.0. Neither package is referenced: what a program does not use stays silent.
/// </summary>
internal static class ModelClients
{
    public const string OpenAI = "OpenAI.";
    public const string ExtensionsAI = "Experimental.Microsoft.Extensions.AI";

    private const string OpenAISwitch = "OpenAI.Experimental.EnableOpenTelemetry";
    private const string OpenAIVariable = "OPENAI_EXPERIMENTAL_ENABLE_OPEN_TELEMETRY";
    private const string ConventionsVariable = "OTEL_SEMCONV_STABILITY_OPT_IN";
    private const string LatestConventions = "gen_ai_latest_experimental";

    /// <summary>Names of their activity sources and of their meters.</summary>
    public static readonly string[] Names = [OpenAI + "*", ExtensionsAI];

    /// <summary>OpenAI's client looks at the switch when a client is made: this comes before. Whoever set it already is obeyed.</summary>
    public static void TurnOn()
    {
        if (!AppContext.TryGetSwitch(OpenAISwitch, out _) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(OpenAIVariable)))
        {
            AppContext.SetSwitch(OpenAISwitch, true);
        }

        // Without it OpenAI's client leaves cached and reasoning tokens out. Other instrumentations read the same list: theirs stays.
        var conventions = Environment.GetEnvironmentVariable(ConventionsVariable);
        if (conventions?.Contains("gen_ai", StringComparison.Ordinal) != true)
        {
            Environment.SetEnvironmentVariable(ConventionsVariable, string.IsNullOrEmpty(conventions) ? LatestConventions : $"{conventions},{LatestConventions}");
        }
    }
}
