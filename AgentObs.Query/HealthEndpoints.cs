using AgentObs.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentObs.Query;

internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly SqlFile Ping = new("Ping", "SELECT 1");

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/healthz", CheckAsync)
        .WithName("Health")
        .WithSummary("200 when storage answers")
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<Health>, ProblemHttpResult>> CheckAsync(ClickHouseStore store, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await store.QueryAsync(Ping, null, row => true, limit.Token);
            return TypedResults.Ok(new Health("ok"));
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            return TypedResults.Problem(
                error is OperationCanceledException ? $"Storage did not answer within {Patience.TotalSeconds} s" : error.Message,
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "Storage does not answer");
        }
    }
}
