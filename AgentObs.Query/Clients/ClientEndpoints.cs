using System.ComponentModel;
using AgentObs.Conventions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentObs.Query;

internal static class ClientEndpoints
{
    private static readonly TimeSpan Default = TimeSpan.FromDays(7);

    public static void Map(RouteGroupBuilder api) => api.MapGet("/clients", ListAsync)
        .WithName("ListClients")
        .WithSummary("What each kind of program sent, the one heard last first")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Ok<ClientList>> ListAsync(
        ClientReader reader, TimeProvider time, CancellationToken ct, [Description("Received then or later; 7 days ago where absent")] string? from = null)
    {
        var since = string.IsNullOrEmpty(from) ? UnixNano.FromDateTimeOffset(time.GetUtcNow() - Default) : Parameters.Range(from, null).From;
        return TypedResults.Ok(await reader.ListAsync(since, ct));
    }
}
