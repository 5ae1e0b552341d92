using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AgentObs.Query;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UnixNanoJsonConverter)])]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(SessionTree))]
[JsonSerializable(typeof(StitchingReport))]
[JsonSerializable(typeof(TaskList))]
[JsonSerializable(typeof(SpanDetail))]
[JsonSerializable(typeof(TraceList))]
[JsonSerializable(typeof(TraceDetail))]
[JsonSerializable(typeof(LogList))]
[JsonSerializable(typeof(LiveChange))]
[JsonSerializable(typeof(ClientList))]
[JsonSerializable(typeof(StoredSummary))]
[JsonSerializable(typeof(RetentionSummary))]
[JsonSerializable(typeof(Health))]
internal sealed partial class QueryJsonContext : JsonSerializerContext
{
    /// <summary>How <see cref="QueryJson.Options"/> write a type.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)QueryJson.Options.GetTypeInfo(typeof(T));
}
