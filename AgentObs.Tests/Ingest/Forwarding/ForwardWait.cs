using AgentObs.Ingest.Forwarding;
using Microsoft.Extensions.DependencyInjection;

namespace AgentObs.Tests.Ingest.Forwarding;

/// <summary>Forwarding happens after the answer: tests wait for what it tells.</summary>
internal static class ForwardWait
{
    public static async Task<ForwardSummary> UntilAsync(IngestHost host, Func<ForwardSummary, bool> reached)
    {
        var forwarder = host.Services.GetRequiredService<Forwarder>();
        for (var attempt = 0; ; attempt++)
        {
            var told = forwarder.Summarize()!;
            if (reached(told))
            {
                return told;
            }

            Assert.True(attempt < 300, $"not reached: {told} {string.Join(' ', told.Signals)}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
