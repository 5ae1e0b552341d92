using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AgentObs.Tests.Repository;

/// <summary>The switch of Directory.Build.props, evaluated by MSBuild itself.</summary>
public sealed class TopologyTests
{
    [Theory]
    [InlineData("-p:AgentObsTopology=embedded", "containers", "", "embedded")]
    [InlineData("", "embedded", "tcp://somewhere:2375", "embedded")]
    [InlineData("", "", "tcp://somewhere:2375", "containers")]
    public async Task Property_beats_variable_beats_runtime(string property, string variable, string dockerHost, string expected) =>
        Assert.Equal(expected, await EvaluateAsync(property, variable, dockerHost));

    [Fact]
    public void Aspire_versions_are_one()
    {
        var imports = Regex.Matches(RepositoryFiles.Read("AgentObs.AppHost/AgentObs.AppHost.csproj"), "Aspire.AppHost.Sdk\" Version=\"([^\"]+)\"").Select(match => match.Groups[1].Value);
        var packages = Regex.Matches(RepositoryFiles.Read("Directory.Packages.props"), "\"Aspire[^\"]+\" Version=\"([^\"]+)\"").Select(match => match.Groups[1].Value);
        Assert.Single(imports.Concat(packages).Distinct());
    }

    private static async Task<string> EvaluateAsync(string property, string variable, string dockerHost)
    {
        // Conventions has no SDK import of its own, so it evaluates where Aspire does not restore.
        var start = new ProcessStartInfo("dotnet", ["msbuild", "AgentObs.Conventions/AgentObs.Conventions.csproj", "-getProperty:AgentObsTopology", .. property.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
        {
            WorkingDirectory = RepositoryFiles.Root,
            RedirectStandardOutput = true,
        };
        start.Environment["AGENTOBS_TOPOLOGY"] = variable;
        start.Environment["DOCKER_HOST"] = dockerHost;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output.Trim();
    }
}
