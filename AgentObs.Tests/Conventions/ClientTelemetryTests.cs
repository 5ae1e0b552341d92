using System.Text.Json;
using AgentObs.Conventions;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Conventions;

/// <summary>The sample files that the README shows and the lists that commands write are the same.</summary>
public sealed class ClientTelemetryTests
{
    private const string Endpoint = "http://127.0.0.1:4317";

    [Fact]
    public void Claudes_sample_is_the_list()
    {
        using var sample = JsonDocument.Parse(RepositoryFiles.Read("config/claude/settings.json"));
        var env = sample.RootElement.GetProperty("env").EnumerateObject().Select(variable => KeyValuePair.Create(variable.Name, variable.Value.GetString()!));
        Assert.Equal(ClaudeTelemetry.Variables(Endpoint, CapturedContent.Prompts | CapturedContent.ToolDetails), env);
    }

    [Fact]
    public void Codexs_sample_is_the_list()
    {
        var sample = RepositoryFiles.Read("config/codex/config.toml").Split('\n').Where(line => !line.StartsWith('#') && line.Length > 0);
        Assert.Equal(["[otel]", .. CodexTelemetry.Table(Endpoint, CapturedContent.Prompts).Select(pair => $"{pair.Key} = {pair.Value}")], sample);
    }
}
