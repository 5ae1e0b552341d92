using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentObs.Ingest.Rows;

namespace AgentObs.Ingest.Otlp;

/// <summary>
/// Bodies of answers. Success: Export*ServiceResponse <c>{1: partial_success {1: rejected, 2: error_message}}</c>, the same for all signals.
/// Errors: google.rpc.Status <c>{1: code, 2: message, 3: details}</c>, with google.rpc.RetryInfo where the sender may come again.
/// </summary>
internal static class OtlpAnswerBody
{
    private const string RetryInfoType = "type.googleapis.com/google.rpc.RetryInfo";

    private static readonly byte[] EmptyJson = "{}"u8.ToArray();

    public static byte[] Protobuf(OtlpAnswer answer)
    {
        using var body = new PooledBuffer();
        if (answer.Outcome != OtlpOutcome.Stored)
        {
            WriteStatus(answer, body);
        }
        else if (answer.Message.Length > 0)
        {
            using var partial = new PooledBuffer();
            WriteNumber(partial, 1, (ulong)answer.Rejected);
            WriteText(partial, 2, answer.Message);
            WriteBytes(body, 1, partial.Written);
        }

        return body.Written.ToArray();
    }

    public static byte[] Json(OtlpAnswer answer, OtlpSignal signal)
    {
        if (answer.Outcome != OtlpOutcome.Stored)
        {
            var status = OtlpStatus.Of(answer.Outcome);
            object[] details = status.RetryAfter is { } retry
                ? [new Dictionary<string, string> { ["@type"] = RetryInfoType, ["retryDelay"] = retry.TotalSeconds.ToString(CultureInfo.InvariantCulture) + "s" }]
                : [];
            return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["code"] = status.Grpc, ["message"] = answer.Message, ["details"] = details });
        }

        if (answer.Message.Length == 0)
        {
            return EmptyJson;
        }

        var rejected = signal switch
        {
            OtlpSignal.Traces => "rejectedSpans",
            OtlpSignal.Logs => "rejectedLogRecords",
            _ => "rejectedDataPoints",
        };
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["partialSuccess"] = new Dictionary<string, string> { [rejected] = answer.Rejected.ToString(CultureInfo.InvariantCulture), ["errorMessage"] = answer.Message },
        });
    }

    private static void WriteStatus(OtlpAnswer answer, PooledBuffer body)
    {
        var status = OtlpStatus.Of(answer.Outcome);
        WriteNumber(body, 1, (ulong)status.Grpc);
        WriteText(body, 2, answer.Message);
        if (status.RetryAfter is not { } retry)
        {
            return;
        }

        using var duration = new PooledBuffer();
        WriteNumber(duration, 1, (ulong)retry.TotalSeconds);
        using var info = new PooledBuffer();
        WriteBytes(info, 1, duration.Written);
        using var any = new PooledBuffer();
        WriteText(any, 1, RetryInfoType);
        WriteBytes(any, 2, info.Written);
        WriteBytes(body, 3, any.Written);
    }

    private static void WriteNumber(PooledBuffer target, int field, ulong value)
    {
        target.WriteVarint((ulong)(field << 3));
        target.WriteVarint(value);
    }

    private static void WriteText(PooledBuffer target, int field, string text) => WriteBytes(target, field, Encoding.UTF8.GetBytes(text));

    private static void WriteBytes(PooledBuffer target, int field, ReadOnlySpan<byte> bytes)
    {
        target.WriteVarint((ulong)(field << 3 | 2));
        target.WriteString(bytes);
    }
}
