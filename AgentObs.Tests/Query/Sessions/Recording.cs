using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>The rows of one recorded scenario, decoded here from the recorded request bodies (protobuf and JSON).</summary>
internal sealed class Recording
{
    private Recording(string name, List<SpanRow> spans, List<LogRow> logs)
    {
        Name = name;
        Spans = spans;
        Logs = logs;
    }

    public string Name { get; }
    public List<SpanRow> Spans { get; }
    public List<LogRow> Logs { get; }

    public static IEnumerable<string> Names => Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    private static string Folder => Path.Combine(Here(), "..", "..", "..", "recordings");

    public static Recording Load(string scenario)
    {
        var spans = new List<SpanRow>();
        var logs = new List<LogRow>();
        var folder = Path.Combine(Folder, scenario);
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "index.json")));
        foreach (var entry in index.RootElement.EnumerateArray())
        {
            var signal = entry.GetProperty("signal").GetString();
            var bytes = File.ReadAllBytes(Path.Combine(folder, entry.GetProperty("file").GetString()!));
            var received = new UnixNano(1_700_000_000_000_000_000).Plus(entry.GetProperty("t_ms").GetInt64() * 1_000_000);
            if (signal is not ("traces" or "logs"))
            {
                continue;
            }

            if (entry.GetProperty("content_type").GetString()!.Contains("json", StringComparison.Ordinal))
            {
                JsonRows.Read(bytes, received, spans, logs);
            }
            else
            {
                ProtoRows.Read(bytes, signal == "traces", received, spans, logs);
            }
        }

        return new Recording(scenario, spans, logs);
    }

    public static SpanRow Span(
        string trace, string id, string parent, string name, int kind, ulong start, ulong end, int status, string message, string scope, UnixNano received,
        List<(string, string)> attributes, List<(string, string)> resource, List<SpanRowEvent> events) => new()
        {
            TraceId = trace,
            SpanId = id,
            ParentSpanId = parent,
            Name = name,
            SpanKind = kind.ToString(CultureInfo.InvariantCulture),
            Service = resource.FirstOrDefault(pair => pair.Item1 == "service.name").Item2 ?? "",
            Scope = scope,
            Start = new UnixNano((long)start),
            DurationNano = (long)(end - start),
            StatusCode = status switch { 1 => "Ok", 2 => "Error", _ => "Unset" },
            StatusMessage = message,
            ReceivedAt = received,
            Attributes = Map(attributes),
            Resource = Map(resource),
            Events = events,
        };

    public static LogRow Log(
        string trace, string span, ulong time, string scope, string body, UnixNano received, int number, List<(string, string)> attributes, List<(string, string)> resource,
        int flags)
    {
        var hash = new HashCode();
        hash.Add(time);
        hash.Add(trace);
        hash.Add(span);
        hash.Add(body);
        foreach (var pair in attributes)
        {
            hash.Add(pair);
        }

        return new()
        {
            LogId = ((ulong)(uint)hash.ToHashCode() << 32) | (uint)number,
            Time = new UnixNano((long)time),
            TraceId = trace,
            SpanId = span,
            TraceFlags = flags,
            Service = resource.FirstOrDefault(pair => pair.Item1 == "service.name").Item2 ?? "",
            Scope = scope,
            Event = attributes.FirstOrDefault(pair => pair.Item1 == "event.name").Item2 ?? "",
            Body = body,
            ReceivedAt = received,
            Attributes = Map(attributes),
            Resource = Map(resource),
        };
    }

    public static AttributeMap Map(List<(string Key, string Value)> pairs) => new([.. pairs.Select(pair => pair.Key)], [.. pairs.Select(pair => pair.Value)]);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
