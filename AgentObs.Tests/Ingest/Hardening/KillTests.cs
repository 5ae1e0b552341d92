using System.Text.Json;
using AgentObs.Tests.Cli;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>
/// What was acknowledged survives kill -9 at any moment: <c>agentobs serve</c> as a process, on one data folder, under clients that export
/// over gRPC and repeat what was not acknowledged. Long: 40 kills, and 60,000 spans before the last one.
/// </summary>
public sealed class KillTests : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("agentobs-kill-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => data.Delete(recursive: true);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_by_kills_at_random_moments()
    {
        var random = new Random(LongRun.Seed);
        var kills = LongRun.Of(3, 40);
        LongRun.Say($"seed {LongRun.Seed}, {kills} kills");
        using var flood = new Flood(spansPerRequest: 100);
        Task? running = null;
        for (var kill = 0; kill < kills; kill++)
        {
            await using var process = await AgentObsProcess.StartAsync(data.FullName);
            flood.Connect(process.OtlpGrpc);
            running ??= flood.RunAsync();
            await flood.AcknowledgesAsync(flood.Acknowledged.Count + random.Next(1, 60));

            // Somewhere between two commits, or in one.
            await Task.Delay(random.Next(0, 60), Cancellation);
            process.Signal(AgentObsProgram.Sigkill);
            LongRun.Say($"kill {kill + 1}: {flood.Acknowledged.Count} of {flood.Sent} requests acknowledged");
        }

        await using (var last = await AgentObsProcess.StartAsync(data.FullName))
        {
            flood.Connect(last.OtlpGrpc);
            flood.Finish();
            await running!;
            await AssertListAndTreeAgree(last, flood);
            Assert.Equal(0, await last.StopAsync());
        }

        // All that was begun is acknowledged by now, so every span is there exactly once.
        var stored = await StoredSpans.ReadAsync(data.FullName);
        stored.AssertHolds(flood);
        Assert.Equal(flood.Sent, stored.SpansOf.Count);
        Assert.Empty(stored.Unlinked);
        LongRun.Say($"{stored.SpansOf.Values.Sum()} spans in {stored.Rows} rows, {flood.Failures.Count} requests repeated");
    }

    [Fact]
    public async Task Nothing_is_lost_by_a_kill_right_after_the_last_acknowledgement()
    {
        const int spansPerRequest = 500;
        var requests = LongRun.Of(12_000, 60_000) / spansPerRequest;
        using var flood = new Flood(spansPerRequest);
        await using (var process = await AgentObsProcess.StartAsync(data.FullName))
        {
            flood.Connect(process.OtlpGrpc);
            flood.OnAcknowledged = acknowledged =>
            {
                if (acknowledged == requests)
                {
                    process.Signal(AgentObsProgram.Sigkill);
                }
            };
            await flood.RunAsync(requests);
        }

        Assert.Empty(flood.Failures);
        var stored = await StoredSpans.ReadAsync(data.FullName);
        stored.AssertHolds(flood);
        Assert.Equal(requests * spansPerRequest, stored.Rows);
    }

    /// <summary>Also while it starts: the folder is half made, the schema half built.</summary>
    [Fact]
    public async Task A_start_that_was_killed_is_in_the_way_of_none()
    {
        var random = new Random(LongRun.Seed);
        for (var kill = 0; kill < LongRun.Of(2, 30); kill++)
        {
            using var starting = AgentObsProgram.Start(["serve"], AgentObsProcess.FreePorts(data.FullName));
            await Task.Delay(random.Next(200, 1500), Cancellation);
            AgentObsProgram.Signal(starting, AgentObsProgram.Sigkill);
            await starting.WaitForExitAsync(Cancellation);
        }

        await using var process = await AgentObsProcess.StartAsync(data.FullName);
        await OtlpClient.GrpcAsync(process.OtlpGrpc, "traces", FloodBody.Make(0, 10, Flood.Session(0)));
        Assert.Equal(0, await process.StopAsync());
        Assert.Equal(10, (await StoredSpans.ReadAsync(data.FullName)).Rows);
    }

    /// <summary>The list, made of derived rows, and the tree, made of the spans, both have all of each session.</summary>
    private static async Task AssertListAndTreeAgree(AgentObsProcess process, Flood flood)
    {
        var list = await ReadAsync(process, "/api/sessions?limit=500");
        foreach (var session in Flood.Sessions)
        {
            var row = Assert.Single(list.GetProperty("sessions").EnumerateArray(), item => item.GetProperty("id").GetString() == session);
            var tree = (await ReadAsync(process, $"/api/sessions/{session}/tree?folded=true")).GetProperty("session");
            Assert.Equal(flood.SpansOf(session), row.GetProperty("spans").GetInt32());
            Assert.Equal(flood.SpansOf(session), tree.GetProperty("spans").GetInt32());
            Assert.Equal(row.GetProperty("traceIds").GetArrayLength(), tree.GetProperty("traceIds").GetArrayLength());
        }
    }

    private static async Task<JsonElement> ReadAsync(AgentObsProcess process, string path) =>
        JsonDocument.Parse(await process.Http.GetStringAsync(new Uri(path, UriKind.Relative), Cancellation)).RootElement;
}
