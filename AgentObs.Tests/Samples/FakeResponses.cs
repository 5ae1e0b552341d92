using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AgentObs.Query;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentObs.Tests.Samples;

/// <summary>OpenAI's <c>/v1/responses</c> on a free port of loopback: one answer, whole or streamed as it is asked for; the prompt <see cref="Refused"/> gets 400.</summary>
internal sealed class FakeResponses : IAsyncDisposable
{
    public const string Says = "Good morning";
    public const string Model = "gpt-5.5-2026-01-01";
    public const string Refused = "You will not like this.";

    /// <summary>What an answer costs, in AgentObs's buckets.</summary>
    public static readonly TokenCounts Cost = new(Input: 7, CacheRead: 4, CacheWrite: 0, Output: 5, Reasoning: 2);

    private readonly WebApplication app;

    private FakeResponses(WebApplication app) => this.app = app;

    /// <summary>Value of <c>OPENAI_BASE_URL</c>.</summary>
    public string Address => app.Urls.First() + "/v1";

    /// <summary>Bodies of the requests, in the order of arrival.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public static async Task<FakeResponses> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var api = new FakeResponses(app);
        app.MapPost("/v1/responses", api.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return api;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var asked = await reader.ReadToEndAsync(context.RequestAborted);
        Asked.Enqueue(asked);
        if (asked.Contains(Refused, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(new JsonObject
            {
                ["error"] = new JsonObject { ["message"] = "refused by the test", ["type"] = "invalid_request_error", ["code"] = "refused" },
            });
        }
        else if (JsonNode.Parse(asked)!["stream"]?.GetValue<bool>() == true)
        {
            context.Response.ContentType = "text/event-stream";
            await SendAsync(context, 0, "response.created", new JsonObject { ["response"] = Response("in_progress") });
            await SendAsync(context, 1, "response.output_text.delta", new JsonObject
            {
                ["item_id"] = "msg_1",
                ["output_index"] = 0,
                ["content_index"] = 0,
                ["delta"] = Says,
            });
            await SendAsync(context, 2, "response.completed", new JsonObject { ["response"] = Response("completed") });
        }
        else
        {
            await context.Response.WriteAsJsonAsync(Response("completed"));
        }
    }

    private static async Task SendAsync(HttpContext context, int number, string type, JsonObject data)
    {
        data["type"] = type;
        data["sequence_number"] = number;
        await context.Response.WriteAsync($"event: {type}\ndata: {data.ToJsonString()}\n\n");
        await context.Response.Body.FlushAsync();
    }

    // The API's input includes what was cached, its output the reasoning.
    private static JsonObject Response(string status) => new()
    {
        ["id"] = "resp_sample1",
        ["object"] = "response",
        ["created_at"] = 1760000000,
        ["status"] = status,
        ["model"] = Model,
        ["parallel_tool_calls"] = true,
        ["tool_choice"] = "auto",
        ["tools"] = new JsonArray(),
        ["output"] = new JsonArray(new JsonObject
        {
            ["type"] = "message",
            ["id"] = "msg_1",
            ["role"] = "assistant",
            ["status"] = "completed",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = Says, ["annotations"] = new JsonArray() }),
        }),
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = Cost.Input + Cost.CacheRead,
            ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = Cost.CacheRead },
            ["output_tokens"] = Cost.Output + Cost.Reasoning,
            ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = Cost.Reasoning },
            ["total_tokens"] = Cost.Input + Cost.CacheRead + Cost.Output + Cost.Reasoning,
        },
    };
}
