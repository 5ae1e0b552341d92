using System.Text.Json.Serialization;

namespace AgentObs.Cli.Setup;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SetupRecord))]
[JsonSerializable(typeof(string))]
internal sealed partial class SetupJson : JsonSerializerContext;
