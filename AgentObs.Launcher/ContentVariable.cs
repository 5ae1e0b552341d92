using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>AGENTOBS_CONTENT: <c>prompts,details,outputs</c> or <c>none</c>; without it prompts and details, as the sample settings of the clients have it.</summary>
internal static class ContentVariable
{
    public const string Name = "AGENTOBS_CONTENT";

    public static CapturedContent Read(Func<string, string?> variable) =>
        variable(Name) is { Length: > 0 } text
            ? text.Split(',', StringSplitOptions.TrimEntries).Aggregate(CapturedContent.None, (all, word) => all | Flag(word))
            : CapturedContent.Prompts | CapturedContent.ToolDetails;

    // A word that is none of these captures nothing: less is told than asked for, never more.
    private static CapturedContent Flag(string word) => word switch
    {
        "prompts" => CapturedContent.Prompts,
        "details" => CapturedContent.ToolDetails,
        "outputs" => CapturedContent.ToolOutputs,
        _ => CapturedContent.None,
    };
}
