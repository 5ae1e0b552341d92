using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AgentObs.Tests.RealClients;

/// <summary>Writes server-sent events, each flushed by itself as a model API does.</summary>
internal sealed class EventStream(HttpResponse response)
{
    public static EventStream Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        return new EventStream(response);
    }

    /// <param name="data">Its <c>type</c> is the event's name.</param>
    public async Task SendAsync(JsonObject data)
    {
        await response.WriteAsync($"event: {data["type"]!.GetValue<string>()}\ndata: {data.ToJsonString(JsonSerializerOptions.Default)}\n\n");
        await response.Body.FlushAsync();
    }
}
