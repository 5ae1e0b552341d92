using System.Text.RegularExpressions;

namespace AgentObs.Cli.Rewriting;

/// <summary>
/// How ids of agents look inside texts. Ids that name a person, a machine, a plugin or a ticket (<c>user.id</c>, <c>host.id</c>,
/// <c>plugin_id_hash</c>, <c>agentobs.task.id</c>) stay: a replay is another run of the same person on the same machine.
/// </summary>
internal static partial class IdShapes
{
    private const int ShortestId = 8;

    /// <summary>Ids that a text contains, for example in a command line, a JSON document or a TRACEPARENT.</summary>
    public static IEnumerable<string> In(string text)
    {
        foreach (Match match in Uuid().Matches(text))
        {
            yield return match.Value;
        }

        foreach (Match match in TraceParent().Matches(text))
        {
            yield return match.Groups["trace"].Value;
            yield return match.Groups["span"].Value;
        }

        foreach (Match match in Prefixed().Matches(text))
        {
            if (match.Groups["tail"].Value.Any(char.IsAsciiDigit))
            {
                yield return match.Value;
            }
        }
    }

    /// <summary>
    /// Is the whole value of this attribute an id, whatever it looks like? Short ones (<c>rpc.request_id</c> = 2) are no
    /// identities.
    /// </summary>
    public static bool IsIdAttribute(string key, string value) =>
        value.Length >= ShortestId
        && value.Any(char.IsAsciiDigit)
        && !value.Any(char.IsWhiteSpace)
        && IdKey().IsMatch(key);

    [GeneratedRegex("(?<![0-9a-fA-F])[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![0-9a-fA-F])")]
    internal static partial Regex Uuid();

    // 00-5f3f8d288f39b47fda1d7fb00c123e6e-26af2b8133291cd9-01
    [GeneratedRegex("(?<![0-9a-f])00-(?<trace>[0-9a-f]{32})-(?<span>[0-9a-f]{16})-[0-9a-f]{2}(?![0-9a-f])")]
    private static partial Regex TraceParent();

    // toolu_01Ab..., call_mwrt0cqk0006fake, req_011C..., msg_..., resp_..., chatcmpl-...; also toolu_bdrk_01...
    [GeneratedRegex(
        "(?<![A-Za-z0-9])(?:toolu|call|req|msg|resp|chatcmpl|fc|rs|run|thread|sess|conv|prompt|item)[_-]"
        + "(?:[a-z]{2,8}_)?(?<tail>[A-Za-z0-9]{8,})(?![A-Za-z0-9])")]
    private static partial Regex Prefixed();

    // session.id, conversation.id, turn_id, prompt.id, message.uuid, request_id, tool_use_id, gen_ai.tool.call.id, agent_id
    [GeneratedRegex(
        "(?:^|[._])(?:session|conversation|thread|turn|prompt|message|request|response|call|tool_use|agent|submission|instance|run)[._](?:id|uuid)$")]
    private static partial Regex IdKey();
}
