using System.Globalization;
using System.Text.Json;
using Google.Protobuf;

namespace AgentObs.Cli.Replaying;

/// <summary>
/// Reads <c>partial_success</c> of an OTLP answer; it has the same shape for all three signals:
/// field 1 { 1: number of rejected records, 2: error message }, in JSON <c>{"partialSuccess":{"rejectedSpans":"1","errorMessage":"..."}}</c>.
/// </summary>
internal static class PartialSuccess
{
    public static OtlpAnswer Read(byte[] answer, bool isJson) => isJson ? ReadJson(answer) : ReadWire(answer);

    private static OtlpAnswer ReadWire(byte[] answer)
    {
        var refused = 0L;
        var message = "";
        var input = new CodedInputStream(answer);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) != 1)
            {
                input.SkipLastField();
                continue;
            }

            var partial = input.ReadBytes().CreateCodedInput();
            while (partial.ReadTag() is var inner and not 0)
            {
                switch (WireFormat.GetTagFieldNumber(inner))
                {
                    case 1:
                        refused = partial.ReadInt64();
                        break;
                    case 2:
                        message = partial.ReadString();
                        break;
                    default:
                        partial.SkipLastField();
                        break;
                }
            }
        }

        return new OtlpAnswer(refused, message);
    }

    private static OtlpAnswer ReadJson(byte[] answer)
    {
        if (answer.Length == 0)
        {
            return default;
        }

        using var document = JsonDocument.Parse(answer);
        if (!document.RootElement.TryGetProperty("partialSuccess", out var partial) || partial.ValueKind != JsonValueKind.Object)
        {
            return new OtlpAnswer(0, "");
        }

        var refused = 0L;
        var message = "";
        foreach (var property in partial.EnumerateObject())
        {
            if (property.Name.StartsWith("rejected", StringComparison.Ordinal))
            {
                // 64-bit numbers are texts in OTLP/JSON, but some servers write numbers.
                _ = long.TryParse(property.Value.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out refused);
            }
            else if (property.NameEquals("errorMessage"))
            {
                message = property.Value.ToString();
            }
        }

        return new OtlpAnswer(refused, message);
    }
}
