using System.Diagnostics;
using AgentObs.Benchmarks.Processes;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>Clients that send as fast as they are acknowledged, or at a rate.</summary>
internal static class Clients
{
    internal const int InFlight = 8;

    /// <summary>Each client keeps <paramref name="inFlight"/> requests under way until all are sent.</summary>
    internal static async Task<Measured> FloodAsync(
        string name, List<OtlpRequest> requests, int clients, ServerProcess server, Func<Func<OtlpRequest, Task>> connect, int inFlight = InFlight)
    {
        var next = -1;
        var latencies = new List<TimeSpan>();
        var measure = new Measure(server);
        await Task.WhenAll(Enumerable.Range(0, clients).SelectMany(_ =>
        {
            var send = connect();
            return Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
            {
                for (var i = Interlocked.Increment(ref next); i < requests.Count; i = Interlocked.Increment(ref next))
                {
                    await TimedAsync(send, requests[i], Stopwatch.GetTimestamp(), latencies);
                }
            }));
        }));
        return measure.Stop(name, requests.Sum(r => (long)r.Spans), latencies);
    }

    /// <summary>Sends at a rate whatever the answers do; the time to an acknowledgement counts from when the request was due.</summary>
    internal static async Task<Measured> SteadyAsync(string name, List<OtlpRequest> requests, double spansPerSecond, ServerProcess server, Func<OtlpRequest, Task> send)
    {
        var latencies = new List<TimeSpan>();
        var measure = new Measure(server);
        var begin = Stopwatch.GetTimestamp();
        var due = 0.0;
        var sent = new List<Task>();
        foreach (var request in requests)
        {
            var at = begin + (long)(due * Stopwatch.Frequency);
            var wait = TimeSpan.FromSeconds((at - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            sent.Add(TimedAsync(send, request, at, latencies));
            due += request.Spans / spansPerSecond;
        }

        await Task.WhenAll(sent);
        return measure.Stop(name, requests.Sum(r => (long)r.Spans), latencies);
    }

    private static async Task TimedAsync(Func<OtlpRequest, Task> send, OtlpRequest request, long start, List<TimeSpan> latencies)
    {
        await send(request);
        lock (latencies)
        {
            latencies.Add(Stopwatch.GetElapsedTime(start));
        }
    }
}
