using AgentObs.Conventions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentObs.Query;

internal static class RetentionEndpoints
{
    private const long NanosPerMilli = 1_000_000;

    public static void Map(RouteGroupBuilder api) => api.MapGet("/retention", SummarizeAsync)
        .WithName("GetRetention")
        .WithSummary("The limits of each signal, what is stored, and what was dropped, newest first")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Ok<RetentionSummary>> SummarizeAsync(
        RetentionOptions options, RetentionReader reader, RetentionService service, CancellationToken ct, string? limit = null)
    {
        var count = Parameters.Limit(limit);
        var signals = new List<SignalRetention>();
        foreach (var signal in RetentionSignal.All)
        {
            var sizes = (await reader.MeasureAsync(signal, ct)).Values;
            var oldest = await reader.OldestAsync(signal, ct);
            var max = options.Of(signal.Name);
            signals.Add(new SignalRetention(
                signal.Name, max.Days, max.Bytes, sizes.Sum(size => size.Rows), sizes.Sum(size => size.Bytes),
                oldest is { } at ? new UnixNano(at * NanosPerMilli) : null));
        }

        return TypedResults.Ok(new RetentionSummary(
            options.IsOn, signals, await reader.DroppedAsync(count, ct), service.LastCheck, service.LastError));
    }
}
