using System.Globalization;
using System.Text.Json;
using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>ExportTraceServiceRequest and ExportLogsServiceRequest to rows.</summary>
internal static class ProtoRows
{
    public static void Read(byte[] bytes, bool traces, UnixNano received, List<SpanRow> spans, List<LogRow> logs)
    {
        var request = new WireReader(bytes);
        while (request.Next())
        {
            var resource = new List<(string, string)>();
            var scopes = new List<byte[]>();
            var group = new WireReader(request.Bytes);
            while (group.Next())
            {
                if (group.Field == 1)
                {
                    var r = new WireReader(group.Bytes);
                    while (r.Next())
                    {
                        if (r.Field == 1)
                        {
                            resource.Add(KeyValue(r.Bytes));
                        }
                    }
                }
                else if (group.Field == 2)
                {
                    scopes.Add(group.Bytes.ToArray());
                }
            }

            foreach (var scoped in scopes)
            {
                ReadScope(scoped, traces, received, resource, spans, logs);
            }
        }
    }

    private static void ReadScope(byte[] scoped, bool traces, UnixNano received, List<(string, string)> resource, List<SpanRow> spans, List<LogRow> logs)
    {
        var scope = "";
        var reader = new WireReader(scoped);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                var s = new WireReader(reader.Bytes);
                while (s.Next())
                {
                    scope = s.Field == 1 ? s.Text : scope;
                }
            }
            else if (reader.Field == 2 && traces)
            {
                spans.Add(Span(reader.Bytes, scope, received, resource));
            }
            else if (reader.Field == 2)
            {
                logs.Add(Log(reader.Bytes, scope, received, resource, logs.Count));
            }
        }
    }

    private static SpanRow Span(ReadOnlySpan<byte> bytes, string scope, UnixNano received, List<(string, string)> resource)
    {
        var (trace, id, parent, name, message) = ("", "", "", "", "");
        var (kind, status) = (0, 0);
        ulong start = 0, end = 0;
        var attributes = new List<(string, string)>();
        var events = new List<SpanRowEvent>();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: trace = reader.Hex; break;
                case 2: id = reader.Hex; break;
                case 4: parent = reader.Hex; break;
                case 5: name = reader.Text; break;
                case 6: kind = (int)reader.Number; break;
                case 7: start = reader.Number; break;
                case 8: end = reader.Number; break;
                case 9: attributes.Add(KeyValue(reader.Bytes)); break;
                case 11: events.Add(Event(reader.Bytes)); break;
                case 15:
                    var s = new WireReader(reader.Bytes);
                    while (s.Next())
                    {
                        status = s.Field == 3 ? (int)s.Number : status;
                        message = s.Field == 2 ? s.Text : message;
                    }

                    break;
                default: break;
            }
        }

        return Recording.Span(trace, id, parent, name, kind, start, end, status, message, scope, received, attributes, resource, events);
    }

    private static SpanRowEvent Event(ReadOnlySpan<byte> bytes)
    {
        ulong time = 0;
        var name = "";
        var attributes = new List<(string, string)>();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: time = reader.Number; break;
                case 2: name = reader.Text; break;
                case 3: attributes.Add(KeyValue(reader.Bytes)); break;
                default: break;
            }
        }

        return new SpanRowEvent(new UnixNano((long)time), name, Recording.Map(attributes));
    }

    private static LogRow Log(ReadOnlySpan<byte> bytes, string scope, UnixNano received, List<(string, string)> resource, int number)
    {
        ulong time = 0, observed = 0, flags = 0;
        var (trace, span, body) = ("", "", "");
        var attributes = new List<(string, string)>();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: time = reader.Number; break;
                case 11: observed = reader.Number; break;
                case 5: body = Value(reader.Bytes); break;
                case 6: attributes.Add(KeyValue(reader.Bytes)); break;
                case 8: flags = reader.Number; break;
                case 9: trace = reader.Hex; break;
                case 10: span = reader.Hex; break;
                default: break;
            }
        }

        return Recording.Log(trace, span, time == 0 ? observed : time, scope, body, received, number, attributes, resource, (int)flags);
    }

    private static (string, string) KeyValue(ReadOnlySpan<byte> bytes)
    {
        var (key, value) = ("", "");
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            key = reader.Field == 1 ? reader.Text : key;
            value = reader.Field == 2 ? Value(reader.Bytes) : value;
        }

        return (key, value);
    }

    // The exporter's words: numbers and booleans as text, lists and maps as JSON.
    private static string Value(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (!reader.Next())
        {
            return "";
        }

        switch (reader.Field)
        {
            case 1: return reader.Text;
            case 2: return reader.Number == 0 ? "false" : "true";
            case 3: return ((long)reader.Number).ToString(CultureInfo.InvariantCulture);
            case 4: return BitConverter.UInt64BitsToDouble(reader.Number).ToString("R", CultureInfo.InvariantCulture);
            case 5:
                var items = new List<string>();
                var list = new WireReader(reader.Bytes);
                while (list.Next())
                {
                    items.Add(Value(list.Bytes));
                }

                return JsonSerializer.Serialize(items);
            default: return reader.Hex;
        }
    }
}
