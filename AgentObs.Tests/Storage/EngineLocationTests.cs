using System.Text.Json;
using AgentObs.Storage;
using AgentObs.Storage.Engine;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Storage;

public sealed class EngineLocationTests
{
    [Fact]
    public void The_manifests_of_the_build_name_the_version_of_the_program()
    {
        var native = Path.Combine(RepositoryFiles.Root, "native");
        Assert.Contains($"<EngineVersion>{EnginePackage.Version}</EngineVersion>", File.ReadAllText(Path.Combine(native, "Engine.targets")), StringComparison.Ordinal);
        string[] platforms = ["linux-x64-gnu", "linux-arm64-gnu", "darwin-x64", "darwin-arm64"];
        foreach (var package in platforms.Select(platform => new EnginePackage(platform)))
        {
            using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(native, package.Platform, "package.json")));
            Assert.Equal(EnginePackage.Version, manifest.RootElement.GetProperty("dependencies").GetProperty(package.Name).GetString());
        }

        var locked = File.ReadAllText(Path.Combine(native, "linux-x64-gnu", "package-lock.json"));
        Assert.Contains("sha512-", locked, StringComparison.Ordinal);
        Assert.DoesNotContain("http", locked, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_engine_names_the_command()
    {
        var thrown = Assert.Throws<StorageException>(() => new EngineLocation(null, ["/a/libchdb.so"]).Require());
        Assert.Contains("agentobs engine install", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("/a/libchdb.so", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("AGENTOBS_LIBCHDB", Assert.Throws<StorageException>(() => EngineLocation.Resolve("/no/such/file")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_or_its_folder_may_be_configured()
    {
        var folder = Directory.CreateTempSubdirectory("agentobs-engine-").FullName;
        var file = Path.Combine(folder, EnginePackage.LibraryFile);
        File.WriteAllText(file, "");
        Assert.Equal(file, EngineLocation.Resolve(folder).Path);
        Assert.Equal(file, EngineLocation.Resolve(file).Path);
        Directory.Delete(folder, recursive: true);
    }
}
