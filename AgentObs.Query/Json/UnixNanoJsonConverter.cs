using System.Text.Json;
using System.Text.Json.Serialization;
using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>Times in JSON are ISO 8601 in UTC with nine digits: <c>"2026-11-22T13:37:15.000000001Z"</c>.</summary>
public sealed class UnixNanoJsonConverter : JsonConverter<UnixNano>
{
    public override UnixNano Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        UnixNano.TryParse(reader.GetString(), out var time)
            ? time
            : throw new JsonException("expected a time in ISO 8601, for example 2026-11-22T13:37:15.000000001Z");

    public override void Write(Utf8JsonWriter writer, UnixNano value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
