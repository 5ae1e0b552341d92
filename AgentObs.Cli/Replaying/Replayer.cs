namespace AgentObs.Cli.Replaying;

/// <summary>Sends recordings request by request; each one is acknowledged, and so committed, before the next one goes out.</summary>
/// <param name="speed">1 keeps the recorded pace, 2 halves the pauses; null sends as fast as the server acknowledges.</param>
/// <param name="warn">Takes a line for each request of which the server refused records.</param>
internal sealed class Replayer(OtlpClient client, TimeProvider clock, double? speed, Action<string> warn)
{
    public async Task<ReplayTotals> ReplayAsync(Recording recording, Action sent, CancellationToken cancellation)
    {
        var totals = new ReplayTotals(recording.Name, 0, 0, 0, 0, 0);
        var started = clock.GetTimestamp();
        var first = recording.Requests.Count > 0 ? recording.Requests[0].AtMilliseconds : 0;
        foreach (var request in recording.Requests)
        {
            if (speed is { } factor)
            {
                await WaitUntilAsync(started, TimeSpan.FromMilliseconds((request.AtMilliseconds - first) / factor), cancellation);
            }

            var counts = request.Count();
            var answer = await client.SendAsync(request, cancellation);
            if (answer.Refused > 0)
            {
                warn($"{request.File}: {answer.Refused} refused: {answer.Message}");
            }

            totals = totals with
            {
                Requests = totals.Requests + 1,
                Spans = totals.Spans + counts.Spans,
                Logs = totals.Logs + counts.Logs,
                Points = totals.Points + counts.Points,
                Refused = totals.Refused + answer.Refused,
            };
            sent();
        }

        return totals;
    }

    private async Task WaitUntilAsync(long started, TimeSpan due, CancellationToken cancellation)
    {
        var rest = due - clock.GetElapsedTime(started);
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, clock, cancellation);
        }
    }
}
