using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;

namespace AgentObs.Tests.Ingest;

/// <summary>Every recorded body decodes, whole.</summary>
public sealed class RecordingsDecodeTests
{
    public static TheoryData<string> Scenarios => [.. RecordedRequest.Scenarios()];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_item_becomes_a_row(string scenario)
    {
        foreach (var request in RecordedRequest.Of(scenario))
        {
            var batch = DecodedRows.Decode(request.Signal, request.Body, request.IsJson);
            Assert.Equal(0, batch.Rejected);
            Assert.Equal("", batch.Problem);

            // The recordings count metrics, the tables hold their data points.
            var items = request.Signal == "metrics" ? CountMetrics(request) : batch.Accepted;
            Assert.True(request.Items == items, $"{request.File}: {items} of {request.Items} items");
        }
    }

    /// <summary>The whole of the recordings, as an independent decoder counted it.</summary>
    [Fact]
    public void Totals_of_all_recordings()
    {
        var batches = RecordedRequest.Scenarios().SelectMany(RecordedRequest.Of).Select(r => DecodedRows.Decode(r.Signal, r.Body, r.IsJson)).ToList();
        Assert.Equal(11_383, batches.Sum(b => b.Spans.Count));
        Assert.Equal(799, batches.Sum(b => b.Logs.Count));
        Assert.Equal(3_808, batches.Sum(b => b.Accepted - b.Spans.Count - b.Logs.Count));
    }

    private static int CountMetrics(RecordedRequest request)
    {
        using var wire = new PooledBuffer();
        if (request.IsJson)
        {
            JsonTranscoder.Transcode(request.Body, OtlpSchema.MetricsRequest, wire);
        }
        else
        {
            wire.Write(request.Body);
        }

        var groups = Children(wire.Written, [new WireSlice(0, wire.Length)], OtlpSchema.MetricsRequest, 1);
        var scopes = Children(wire.Written, groups, OtlpSchema.ResourceMetrics, 2);
        return Children(wire.Written, scopes, OtlpSchema.ScopeMetrics, 2).Count;
    }

    private static List<WireSlice> Children(ReadOnlySpan<byte> body, List<WireSlice> parents, OtlpMessage message, int field)
    {
        var children = new List<WireSlice>();
        foreach (var parent in parents)
        {
            var reader = new WireReader(body, parent, message);
            while (reader.Next())
            {
                if (reader.Field == field)
                {
                    children.Add(reader.Slice());
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return children;
    }
}
