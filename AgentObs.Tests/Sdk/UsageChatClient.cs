using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace AgentObs.Tests.Sdk;

/// <summary>A model client that makes a span of its own, as OpenAI's does below Microsoft.Extensions.AI.</summary>
internal sealed class UsageChatClient : IChatClient
{
    private static readonly ActivitySource Source = new("OpenAI.ChatClient");

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var activity = Source.StartActivity("chat gpt-5.5", ActivityKind.Client);
        activity?.SetTag("gen_ai.usage.input_tokens", 11);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Good morning"))
        {
            ModelId = "gpt-5.5",
            Usage = new UsageDetails { InputTokenCount = 11, OutputTokenCount = 7 },
        });
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("the tests ask for whole answers");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
