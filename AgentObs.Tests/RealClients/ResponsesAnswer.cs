using System.Text.Json.Nodes;
using AgentObs.Query;

namespace AgentObs.Tests.RealClients;

/// <summary>An answer as OpenAI's Responses API streams it. Its <c>input_tokens</c> include cached ones, its <c>output_tokens</c> the reasoning.</summary>
internal static class ResponsesAnswer
{
    /// <summary>What comes before the first word.</summary>
    public static Task StartAsync(EventStream stream, string id, string model) => stream.SendAsync(new JsonObject
    {
        ["type"] = "response.created",
        ["response"] = new JsonObject { ["id"] = "resp_" + id, ["object"] = "response", ["status"] = "in_progress", ["model"] = model, ["output"] = new JsonArray() },
    });

    public static async Task FinishAsync(EventStream stream, string id, string model, ScriptedAnswer answer)
    {
        if (answer.Says is { } text)
        {
            await ItemAsync(stream, new JsonObject
            {
                ["type"] = "message",
                ["id"] = "msg_" + id,
                ["role"] = "assistant",
                ["status"] = "completed",
                ["content"] = new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = text, ["annotations"] = new JsonArray() }),
            });
        }

        if (answer.Runs is not null)
        {
            var arguments = new JsonObject { ["cmd"] = answer.Command, ["yield_time_ms"] = 60_000 };
            await ItemAsync(stream, new JsonObject
            {
                ["type"] = "function_call",
                ["id"] = "fc_" + id,
                ["call_id"] = "call_" + id,
                ["name"] = "exec_command",
                ["arguments"] = arguments.ToJsonString(),
                ["status"] = "completed",
            });
        }

        await stream.SendAsync(new JsonObject
        {
            ["type"] = "response.completed",
            ["response"] = new JsonObject
            {
                ["id"] = "resp_" + id,
                ["object"] = "response",
                ["status"] = "completed",
                ["model"] = model,
                ["output"] = new JsonArray(),
                ["usage"] = Usage(answer.Cost),
            },
        });
    }

    private static Task ItemAsync(EventStream stream, JsonObject item) =>
        stream.SendAsync(new JsonObject { ["type"] = "response.output_item.done", ["output_index"] = 0, ["item"] = item });

    private static JsonObject Usage(TokenCounts cost) => new()
    {
        ["input_tokens"] = cost.Input + cost.CacheRead + cost.CacheWrite,
        ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = cost.CacheRead },
        ["output_tokens"] = cost.Output + cost.Reasoning,
        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = cost.Reasoning },
        ["total_tokens"] = cost.Input + cost.CacheRead + cost.CacheWrite + cost.Output + cost.Reasoning,
    };
}
