using AgentObs.Tests.Ingest.Hardening;

namespace AgentObs.Tests.Cli;

/// <summary>backup and restore where a disk is full: on the side of the file, on the side of the data folder.</summary>
public sealed class BackupDiskTests : IDisposable
{
    private readonly SmallDisk _disk = SmallDisk.Mount(megabytes: 220);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agentobs-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _disk.Dispose();
    }

    [Fact]
    public async Task A_full_disk_is_named_and_nothing_is_lost()
    {
        var data = Path.Combine(_disk.Path, "data");
        var file = Path.Combine(_folder.FullName, "a.tar.gz");
        await using var serve = await AgentObsProcess.StartAsync(data);
        var replayed = await AgentObsProgram.RunAsync(["replay", Path.Combine(AgentObsProgram.Root, "recordings", "claude-bash")], serve.ClientEnvironment);
        Assert.Equal(0, replayed.ExitCode);
        var before = await serve.Http.GetStringAsync("/api/sessions", Cancellation);
        var made = await AgentObsProgram.RunAsync(["backup", file], serve.ClientEnvironment);
        Assert.True(made.ExitCode == 0, made.Error);

        using (var target = SmallDisk.Mount(megabytes: 1))
        {
            target.Fill(but: 0);
            await RefusedAsync(serve, ["backup", Path.Combine(target.Path, "b.tar.gz")], "b.tar.gz could not be written: No space left", "Nothing of it was left.");
            Assert.Equal(["ballast"], Directory.GetFileSystemEntries(target.Path).Select(Path.GetFileName));
        }

        _disk.Fill(but: 0);
        await RefusedAsync(serve, ["backup", Path.Combine(_folder.FullName, "c.tar.gz")], $"The disk of {data}", "Make room there");
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "c.tar.gz")));

        // What is stored goes only when the whole backup has room beside it: with the archive unpacked or not, to the last table.
        foreach (var left in (long[])[0, 40 << 20, 70 << 20])
        {
            _disk.Free();
            _disk.Fill(left);
            await RefusedAsync(serve, ["restore", file, "--replace"], $"The disk of {data}", "Nothing was changed");
        }

        Assert.Equal(before, await serve.Http.GetStringAsync("/api/sessions", Cancellation));
        Assert.Empty(Directory.GetDirectories(Path.Combine(data, "backups")));
        _disk.Free();
        var restored = await AgentObsProgram.RunAsync(["restore", file, "--replace"], serve.ClientEnvironment);
        Assert.True(restored.ExitCode == 0, restored.Error);
        Assert.Equal(before, await serve.Http.GetStringAsync("/api/sessions", Cancellation));
    }

    private static async Task RefusedAsync(AgentObsProcess serve, string[] arguments, params string[] parts)
    {
        var refused = await AgentObsProgram.RunAsync(arguments, serve.ClientEnvironment);
        Assert.Equal(1, refused.ExitCode);
        Assert.All(parts, part => Assert.Contains(part, refused.Error, StringComparison.Ordinal));
    }
}
