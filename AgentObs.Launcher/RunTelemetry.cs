using System.Globalization;
using System.Text.Json;
using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>
/// What the launcher itself sends, as OTLP/JSON: a log record when the child starts and a span when it ended, with the same ids and attributes.
/// The record shows a run that still goes on, and one whose launcher was killed.
/// </summary>
internal static class RunTelemetry
{
    private const string Service = "agentobs-launcher";
    private const int Internal = 1;
    private const int Failed = 2;
    private const int Info = 9;

    /// <summary>Bits 8 and 9 of a span's flags: the parent is known to be of another process, or to be none.</summary>
    private const int HasIsRemote = 0x100;

    private const int IsRemote = 0x200;

    public static byte[] Started(LaunchedRun run, string commandLine, string program) => Write("resourceLogs", "scopeLogs", "logRecords", run, json =>
    {
        json.WriteString("timeUnixNano", Number(run.Start));
        json.WriteString("observedTimeUnixNano", Number(run.Start));
        json.WriteNumber("severityNumber", Info);
        json.WriteString("severityText", "INFO");
        json.WriteString("eventName", RunNames.StartedEvent);
        json.WriteStartObject("body");
        json.WriteString("stringValue", RunNames.StartedEvent);
        json.WriteEndObject();
        json.WriteString("traceId", run.Context.TraceId);
        json.WriteString("spanId", run.Context.SpanId);
        json.WriteNumber("flags", (int)run.Context.Flags);
        IEnumerable<KeyValuePair<string, string>> known =
            [new("event.name", RunNames.StartedEvent), new(RunNames.ParentSpanId, run.Parent?.SpanId ?? ""), .. Facts(run, commandLine, program)];
        Attributes(json, known, exitCode: null);
    });

    public static byte[] Ended(LaunchedRun run, string commandLine, string program, ChildExit exit, UnixNano end, string? state) =>
        Write("resourceSpans", "scopeSpans", "spans", run, json =>
        {
            json.WriteString("traceId", run.Context.TraceId);
            json.WriteString("spanId", run.Context.SpanId);
            if (run.Parent is { } parent)
            {
                json.WriteString("parentSpanId", parent.SpanId);
            }

            if (!string.IsNullOrEmpty(state))
            {
                json.WriteString("traceState", state);
            }

            json.WriteNumber("flags", run.Context.Flags | HasIsRemote | (run.Parent is null ? 0 : IsRemote));
            json.WriteString("name", RunNames.Span);
            json.WriteNumber("kind", Internal);
            json.WriteString("startTimeUnixNano", Number(run.Start));
            json.WriteString("endTimeUnixNano", Number(end));
            Attributes(json, Facts(run, commandLine, program), exit.Code);
            if (exit.Message.Length > 0)
            {
                json.WriteStartObject("status");
                json.WriteNumber("code", Failed);
                json.WriteString("message", exit.Message);
                json.WriteEndObject();
            }
        });

    private static IEnumerable<KeyValuePair<string, string>> Facts(LaunchedRun run, string commandLine, string program) =>
    [
        .. run.Provenance.Attributes(),
        new("process.command_line", commandLine),
        new("process.executable.name", program),
        .. run.Folder.Length > 0 ? [new("process.working_directory", run.Folder)] : Array.Empty<KeyValuePair<string, string>>(),
        .. run.Checkout?.Attributes() ?? [],
    ];

    private static byte[] Write(string resources, string scopes, string records, LaunchedRun run, Action<Utf8JsonWriter> record)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray(resources);
            json.WriteStartObject();
            json.WriteStartObject("resource");
            Attributes(
                json,
                [new("service.name", Service), new("service.instance.id", run.RunId), .. run.Provenance.Attributes(), .. run.Caller, .. run.Checkout?.Attributes() ?? []],
                exitCode: null);
            json.WriteEndObject();
            json.WriteStartArray(scopes);
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", Service);
            json.WriteEndObject();
            json.WriteStartArray(records);
            json.WriteStartObject();
            record(json);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Attributes(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> texts, int? exitCode)
    {
        json.WriteStartArray("attributes");
        foreach (var (key, value) in texts)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            json.WriteString("stringValue", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (exitCode is { } code)
        {
            json.WriteStartObject();
            json.WriteString("key", RunNames.ExitCode);
            json.WriteStartObject("value");
            json.WriteString("intValue", code.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Number(UnixNano time) => time.Value.ToString(CultureInfo.InvariantCulture);
}
