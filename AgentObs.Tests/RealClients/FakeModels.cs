using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentObs.Tests.RealClients;

/// <summary>Both model APIs on one free port of loopback: <c>/anthropic/v1/messages</c> and <c>/openai/v1/responses</c>, answered by a scenario.</summary>
internal sealed class FakeModels : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Scenario scenario;
    private readonly ConcurrentQueue<string> asked = new();
    private readonly TaskCompletionSource holding = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<TaskCompletionSource> given;
    private int answers;

    private FakeModels(WebApplication app, Scenario scenario)
    {
        (this.app, this.scenario) = (app, scenario);
        given = [.. scenario.Models[0].Answers.Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
    }

    /// <summary>Value of <c>ANTHROPIC_BASE_URL</c>.</summary>
    public string Anthropic => app.Urls.First() + "/anthropic";

    /// <summary>Value of <c>base_url</c> of a Codex provider.</summary>
    public string OpenAI => app.Urls.First() + "/openai/v1";

    /// <summary>Done when a model that <see cref="ScriptedAnswer.Holds"/> has begun to answer.</summary>
    public Task Holding => holding.Task;

    /// <summary>Answers that were asked for, a <see cref="ModelRequest.Line"/> a request, in the order of arrival.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    /// <summary>Requests that no script answers.</summary>
    public ConcurrentQueue<string> Unscripted { get; } = new();

    public static async Task<FakeModels> StartAsync(Scenario scenario)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var models = new FakeModels(app, scenario);
        app.MapPost("/anthropic/v1/messages", models.MessagesAsync);
        app.MapPost("/openai/v1/responses", models.ResponsesAsync);
        // Codex reports its costs to /openai/v1/analytics/codex/turn-costs, with analytics off, too.
        app.MapFallback(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return models;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task MessagesAsync(HttpContext context)
    {
        var (request, answer) = await ReadAsync(context, ModelRequest.OfMessages);
        if (answer is null)
        {
            return;
        }

        var id = NextId();
        context.Response.Headers["request-id"] = "req_" + id;
        var stream = EventStream.Begin(context.Response);
        await MessagesAnswer.StartAsync(stream, id, request.ModelName, answer);
        await HoldAsync(context, answer);
        await MessagesAnswer.FinishAsync(stream, id, answer);
        Given(request);
    }

    private async Task ResponsesAsync(HttpContext context)
    {
        var (request, answer) = await ReadAsync(context, ModelRequest.OfResponses);
        if (answer is null)
        {
            return;
        }

        var id = NextId();
        var stream = EventStream.Begin(context.Response);
        await ResponsesAnswer.StartAsync(stream, id, request.ModelName);
        await HoldAsync(context, answer);
        await ResponsesAnswer.FinishAsync(stream, id, request.ModelName, answer);
        Given(request);
    }

    /// <returns>No answer where the request was refused, as the script says or because it has none.</returns>
    private async Task<(ModelRequest Request, ScriptedAnswer? Answer)> ReadAsync(HttpContext context, Func<JsonElement, Scenario, ModelRequest> read)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var request = read(body.RootElement, scenario);
        var line = ModelRequest.Line(request.Model, request.Turn);
        asked.Enqueue(line);
        switch (request.Answer)
        {
            case null:
                Unscripted.Enqueue(line + ": " + body.RootElement.GetRawText());
                await RefuseAsync(context, StatusCodes.Status400BadRequest, "no script answers this");
                return (request, null);
            case { Refuses: { } status } refusal:
                await RefuseAsync(context, status, refusal.Says ?? "refused");
                return (request, null);
            case { After: > 0 and var count }:
                await given[count - 1].Task.WaitAsync(context.RequestAborted);
                return (request, request.Answer);
            default:
                return (request, request.Answer);
        }
    }

    private void Given(ModelRequest request)
    {
        if (ReferenceEquals(request.Model, scenario.Models[0]))
        {
            given[request.Turn].TrySetResult();
        }
    }

    /// <summary>A client that was killed closes its connection: that ends the request.</summary>
    private async Task HoldAsync(HttpContext context, ScriptedAnswer answer)
    {
        if (answer.Holds)
        {
            holding.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }
    }

    /// <summary>Both APIs' shape of an error at once.</summary>
    private static async Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        var error = new JsonObject
        {
            ["type"] = "error",
            ["error"] = new JsonObject { ["type"] = "invalid_request_error", ["message"] = message, ["code"] = "scripted" },
        };
        await context.Response.WriteAsJsonAsync(error, context.RequestAborted);
    }

    private string NextId() => "real" + Interlocked.Increment(ref answers).ToString("d4", CultureInfo.InvariantCulture);
}
