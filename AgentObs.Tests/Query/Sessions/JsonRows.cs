using System.Globalization;
using System.Text.Json;
using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>OTLP/JSON to rows: 64-bit integers are strings there, ids hex.</summary>
internal static class JsonRows
{
    public static void Read(byte[] bytes, UnixNano received, List<SpanRow> spans, List<LogRow> logs)
    {
        using var document = JsonDocument.Parse(bytes);
        foreach (var group in List(document.RootElement, "resourceSpans"))
        {
            var resource = Attributes(group.GetProperty("resource"));
            foreach (var scoped in List(group, "scopeSpans"))
            {
                foreach (var span in List(scoped, "spans"))
                {
                    var status = span.TryGetProperty("status", out var s) ? s : default;
                    spans.Add(Recording.Span(
                        Text(span, "traceId"), Text(span, "spanId"), Text(span, "parentSpanId"), Text(span, "name"),
                        (int)Number(span, "kind"), Number(span, "startTimeUnixNano"), Number(span, "endTimeUnixNano"),
                        status.ValueKind == JsonValueKind.Object ? (int)Number(status, "code") : 0,
                        status.ValueKind == JsonValueKind.Object ? Text(status, "message") : "",
                        Scope(scoped), received, Attributes(span), resource,
                        [.. List(span, "events").Select(e => new SpanRowEvent(new UnixNano((long)Number(e, "timeUnixNano")), Text(e, "name"), Recording.Map(Attributes(e))))]));
                }
            }
        }

        foreach (var group in List(document.RootElement, "resourceLogs"))
        {
            var resource = Attributes(group.GetProperty("resource"));
            foreach (var scoped in List(group, "scopeLogs"))
            {
                foreach (var log in List(scoped, "logRecords"))
                {
                    var time = Number(log, "timeUnixNano") is > 0 and var t ? t : Number(log, "observedTimeUnixNano");
                    logs.Add(Recording.Log(
                        Text(log, "traceId"), Text(log, "spanId"), time, Scope(scoped),
                        log.TryGetProperty("body", out var body) ? Value(body) : "", received, logs.Count, Attributes(log), resource,
                        (int)Number(log, "flags")));
                }
            }
        }
    }

    private static string Scope(JsonElement scoped) => scoped.TryGetProperty("scope", out var scope) ? Text(scope, "name") : "";

    private static JsonElement.ArrayEnumerator List(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) ? list.EnumerateArray() : default;

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static ulong Number(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? 0
        : value.ValueKind == JsonValueKind.String ? ulong.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.GetUInt64();

    private static List<(string, string)> Attributes(JsonElement element) =>
        [.. List(element, "attributes").Select(pair => (Text(pair, "key"), pair.TryGetProperty("value", out var value) ? Value(value) : ""))];

    private static string Value(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return "";
        }

        foreach (var member in value.EnumerateObject())
        {
            return member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
        }

        return "";
    }
}
