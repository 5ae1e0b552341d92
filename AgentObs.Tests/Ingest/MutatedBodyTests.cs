using AgentObs.Ingest.Wire;

namespace AgentObs.Tests.Ingest;

/// <summary>Recorded bodies with bytes changed, cut and doubled: decoded or refused, never anything else.</summary>
public sealed class MutatedBodyTests
{
    private const int Mutations = 3_000;

    [Theory]
    [InlineData("claude-bash", 1)]
    [InlineData("codex-standalone-httpjson", 2)]
    [InlineData("copilot-ls", 3)]
    public void Decoded_or_refused(string scenario, int seed)
    {
        var random = new Random(seed);
        var requests = RecordedRequest.Of(scenario).Where(r => r.Body.Length < 100_000).ToList();
        var refused = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var request = requests[random.Next(requests.Count)];
            try
            {
                DecodedRows.Decode(request.Signal, Mutate(request.Body, random), request.IsJson);
            }
            catch (Exception e) when (e is OtlpFormatException or OtlpTooLargeException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, Mutations / 20, Mutations);
    }

    /// <summary>Two-byte elements are what makes a body expand most: each is bounded.</summary>
    [Theory]
    [InlineData(new byte[] { 0x0a, 0x12, 0x12 })]
    [InlineData(new byte[] { 0x0a, 0x12, 0x12, 0x4a })]
    [InlineData(new byte[] { 0x0a, 0x12, 0x12, 0x5a })]
    [InlineData(new byte[] { 0x0a, 0x12, 0x12, 0x6a })]
    [InlineData(new byte[] { 0x0a, 0x0a, 0x0a })]
    public void Many_empty_elements(byte[] tags)
    {
        // 2 MiB of the last tag with length 0, inside the others.
        var body = Enumerable.Repeat(new byte[] { tags[^1], 0 }, 1024 * 1024).SelectMany(b => b).ToArray();
        foreach (var tag in tags.Reverse().Skip(1))
        {
            body = [tag, (byte)(body.Length | 0x80), (byte)(body.Length >> 7 | 0x80), (byte)(body.Length >> 14 | 0x80), (byte)(body.Length >> 21), .. body];
        }

        try
        {
            var batch = DecodedRows.Decode("traces", body);
            Assert.True(batch.Rejected == 1 || batch.Accepted == 0);
        }
        catch (OtlpTooLargeException)
        {
            Assert.Equal(0x12, tags[^1]);
        }
    }

    private static byte[] Mutate(byte[] body, Random random)
    {
        var mutated = (byte[])body.Clone();
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) switch
        {
            0 => mutated[..random.Next(mutated.Length)],
            1 => [.. mutated, .. mutated[random.Next(mutated.Length)..]],
            _ => mutated,
        };
    }
}
