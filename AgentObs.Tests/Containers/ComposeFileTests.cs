using System.Text.RegularExpressions;
using AgentObs.Conventions;
using AgentObs.Tests.Repository;
using YamlDotNet.RepresentationModel;

namespace AgentObs.Tests.Containers;

/// <summary>compose.yaml: what can be held against it where no container runtime is.</summary>
public sealed partial class ComposeFileTests
{
    private static readonly YamlMappingNode Compose = YamlFile.Read("compose.yaml");

    private static readonly string[] Settings = [.. typeof(Setting).GetFields().Where(field => field.IsStatic).Select(field => ((Setting)field.GetValue(null)!).Variable)];

    public static TheoryData<string> Services => [.. Compose.At("services").Pairs().Select(service => service.Key)];

    [Theory]
    [MemberData(nameof(Services))]
    public void What_stays_has_a_health_check_and_comes_again(string name)
    {
        var service = Service(name);
        if (service.At("restart").Texts().Single() == "no")
        {
            Assert.Equal("migrate", name);
            return;
        }

        Assert.Equal("unless-stopped", service.At("restart").Texts().Single());
        Assert.NotEmpty(service.At("healthcheck", "test").Texts());
        Assert.All(["interval", "timeout", "retries", "start_period"], part => Assert.NotNull(service.At("healthcheck", part)));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void What_is_published_is_bound_on_loopback(string name) =>
        Assert.All(Service(name).At("ports").Texts(), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Services))]
    public void Images_are_of_a_version_or_built_here(string name)
    {
        var image = Service(name).At("image").Texts().SingleOrDefault();
        if (image is null)
        {
            var context = Service(name).At("build", "context").Texts().Single();
            Assert.True(File.Exists(Path.Combine(RepositoryFiles.Root, context, "Dockerfile")));
            Assert.All(Service(name).At("build", "args", "PROJECT").Texts(), project => Assert.True(File.Exists(Path.Combine(RepositoryFiles.Root, project, project + ".csproj"))));
            return;
        }

        Assert.Matches(@"^[a-z.]+/[a-z/-]+:\d+\.\d+", image);
    }

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("collector/Dockerfile")]
    public void Base_images_are_of_a_version(string file) =>
        Assert.All(BaseImage().Matches(RepositoryFiles.Read(file)).Select(match => match.Groups[1].Value), image => Assert.Matches(@":\d+\.\d+", image));

    [Theory]
    [MemberData(nameof(Services))]
    public void Variables_are_settings_that_exist(string name)
    {
        var known = name == "collector" ? CollectorFiles.Variables("collector/config.yaml") : Settings;
        var ours = Service(name).At("environment").Pairs().Select(pair => pair.Key).Where(key => key.StartsWith("AGENTOBS_", StringComparison.Ordinal)).ToList();
        Assert.Empty(ours.Except(known));
        Assert.True(name == "clickhouse" || ours.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Who_is_waited_for_is_there_and_can_be_waited_for(string name)
    {
        foreach (var (other, how) in Service(name).At("depends_on").Pairs())
        {
            var waited = Service(other);
            var condition = how.At("condition").Texts().Single();
            Assert.NotNull(condition == "service_healthy" ? waited.At("healthcheck") : condition == "service_completed_successfully" ? waited.At("command") : null);
        }
    }

    [Fact]
    public void The_collector_starts_after_the_tables_are_there()
    {
        Assert.Equal("service_completed_successfully", Compose.At("services", "collector", "depends_on", "migrate", "condition").Texts().Single());
        Assert.Equal("service_healthy", Compose.At("services", "collector", "depends_on", "clickhouse", "condition").Texts().Single());
    }

    [Fact]
    public void The_server_is_the_embedded_engines_version()
    {
        var engine = EngineVersion().Match(RepositoryFiles.Read("native/Engine.targets")).Groups[1].Value;
        Assert.EndsWith(":" + engine, Compose.At("services", "clickhouse", "image").Texts().Single(), StringComparison.Ordinal);
        Assert.Contains($"\"docker.io/clickhouse/clickhouse-server\", \"{engine}\"", RepositoryFiles.Read("AgentObs.AppHost/Program.Aspire.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_collectors_queues_are_on_a_volume_that_its_user_owns()
    {
        Assert.Contains("queues:/var/lib/otelcol", Compose.At("services", "collector", "volumes").Texts());
        Assert.Contains("--chown=10001:10001 /queues /var/lib/otelcol", RepositoryFiles.Read("collector/Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("AGENTOBS_COLLECTOR_STORAGE:-/var/lib/otelcol/", RepositoryFiles.Read("collector/config.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Actions_are_pinned_to_a_commit() =>
        Assert.All(Uses().Matches(RepositoryFiles.Read(".github/workflows/ci.yml")).Select(match => match.Groups[1].Value), action => Assert.Matches("^actions/[a-z-]+@[0-9a-f]{40}$", action));

    private static YamlNode Service(string name) => Compose.At("services", name)!;

    [GeneratedRegex(@"^FROM (\S+)", RegexOptions.Multiline)]
    private static partial Regex BaseImage();

    [GeneratedRegex(@"<EngineVersion>(\d+\.\d+)")]
    private static partial Regex EngineVersion();

    [GeneratedRegex(@"uses: (\S+)")]
    private static partial Regex Uses();
}
