using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentObs.Query;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UnixNanoJsonConverter)])]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(SessionTree))]
[JsonSerializable(typeof(SpanDetail))]
[JsonSerializable(typeof(TraceList))]
[JsonSerializable(typeof(TraceDetail))]
[JsonSerializable(typeof(LogList))]
internal sealed partial class QueryJsonContext : JsonSerializerContext;
