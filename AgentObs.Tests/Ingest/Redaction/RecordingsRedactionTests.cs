using AgentObs.Ingest.Redaction;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;

namespace AgentObs.Tests.Ingest.Redaction;

/// <summary>The recordings were made with accounts that hold no secrets: whatever is taken out of them is an innocent.</summary>
public sealed class RecordingsRedactionTests
{
    [Fact]
    public void Nothing_is_taken_out_of_any_recording()
    {
        var redactor = new RequestRedactor(SecretList.Default);
        foreach (var scenario in RecordedRequest.Scenarios())
        {
            foreach (var request in RecordedRequest.Of(scenario))
            {
                var message = request.Signal switch
                {
                    "traces" => OtlpSchema.TraceRequest,
                    "logs" => OtlpSchema.LogsRequest,
                    _ => OtlpSchema.MetricsRequest,
                };
                using var wire = new PooledBuffer();
                if (request.IsJson)
                {
                    JsonTranscoder.Transcode(request.Body, message, wire);
                }
                else
                {
                    wire.Write(request.Body);
                }

                using var target = new PooledBuffer();
                Assert.False(redactor.Redact(wire.Written, message, target), $"{scenario}/{request.File}: {string.Join(", ", redactor.Count())}");
                Assert.Equal(0, target.Length);
            }
        }
    }
}
