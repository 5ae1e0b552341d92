using System.Text.Json.Nodes;

namespace AgentObs.Tests.RealClients;

/// <summary>An answer as Anthropic's Messages API streams it. Its <c>input_tokens</c> exclude cached ones.</summary>
internal static class MessagesAnswer
{
    /// <summary>What comes before the first word.</summary>
    public static Task StartAsync(EventStream stream, string id, string model, ScriptedAnswer answer) => stream.SendAsync(new JsonObject
    {
        ["type"] = "message_start",
        ["message"] = new JsonObject
        {
            ["id"] = "msg_" + id,
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = model,
            ["content"] = new JsonArray(),
            ["stop_reason"] = null,
            ["stop_sequence"] = null,
            ["usage"] = Usage(answer, output: 1),
        },
    });

    public static async Task FinishAsync(EventStream stream, string id, ScriptedAnswer answer)
    {
        var index = 0;
        if (answer.Says is { } text)
        {
            await BlockAsync(
                stream,
                index++,
                new JsonObject { ["type"] = "text", ["text"] = "" },
                new JsonObject { ["type"] = "text_delta", ["text"] = text });
        }

        var call = Call(answer);
        if (call is { } tool)
        {
            await BlockAsync(
                stream,
                index,
                new JsonObject { ["type"] = "tool_use", ["id"] = "toolu_" + id, ["name"] = tool.Name, ["input"] = new JsonObject() },
                new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = tool.Input.ToJsonString() });
        }

        await stream.SendAsync(new JsonObject
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = call is null ? "end_turn" : "tool_use", ["stop_sequence"] = null },
            ["usage"] = Usage(answer, answer.Cost.Output + answer.Cost.Reasoning),
        });
        await stream.SendAsync(new JsonObject { ["type"] = "message_stop" });
    }

    private static (string Name, JsonObject Input)? Call(ScriptedAnswer answer) => answer switch
    {
        { Runs: not null } => ("Bash", new JsonObject { ["command"] = answer.Command, ["description"] = "As the script says", ["timeout"] = 90_000 }),
        { Delegates: { } prompt } => ("Agent", new JsonObject { ["description"] = "As the script says", ["prompt"] = prompt, ["subagent_type"] = "general-purpose" }),
        _ => null,
    };

    private static async Task BlockAsync(EventStream stream, int index, JsonObject start, JsonObject delta)
    {
        await stream.SendAsync(new JsonObject { ["type"] = "content_block_start", ["index"] = index, ["content_block"] = start });
        await stream.SendAsync(new JsonObject { ["type"] = "content_block_delta", ["index"] = index, ["delta"] = delta });
        await stream.SendAsync(new JsonObject { ["type"] = "content_block_stop", ["index"] = index });
    }

    private static JsonObject Usage(ScriptedAnswer answer, long output) => new()
    {
        ["input_tokens"] = answer.Cost.Input,
        ["cache_read_input_tokens"] = answer.Cost.CacheRead,
        ["cache_creation_input_tokens"] = answer.Cost.CacheWrite,
        ["output_tokens"] = output,
    };
}
