using System.Text.Json;
using AgentObs.Query;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.RealClients;

/// <summary>All that the models of a run say: <c>Scripts/*.json</c>. The first is the one that a person asks.</summary>
/// <param name="Ends">Prompt of the run that a script kills, after it has read a line from <c>$HOLDING</c>.</param>
internal sealed record Scenario(string About, IReadOnlyList<ScriptedModel> Models, string? Ends = null)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };

    public string Prompt => Models[0].Prompt;

    public TokenCounts Cost => Models.Aggregate(TokenCounts.Zero, (sum, model) => sum + model.Cost);

    public static Scenario Load(string name) => JsonSerializer.Deserialize<Scenario>(
        RepositoryFiles.Read(Path.Combine("AgentObs.Tests", "RealClients", "Scripts", name + ".json")), Options)!;
}
