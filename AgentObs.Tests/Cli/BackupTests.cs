using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using AgentObs.Storage.Backups;

namespace AgentObs.Tests.Cli;

/// <summary>backup and restore through the real processes: file, damage, refusals, another data folder.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agentobs-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "a.tar.gz");

    [Fact]
    public async Task A_backup_of_a_busy_AgentObs_comes_back_in_another_folder_after_the_first_was_killed()
    {
        string before;
        await using (var first = await AgentObsProcess.StartAsync())
        {
            await OkAsync(["replay", Recording("claude-codex3")], first);
            before = await SessionsAsync(first);
            Assert.NotEqual("", before);

            // Ingest goes on meanwhile; what comes then is in the backup or not, never half of it.
            var busy = AgentObsProgram.RunAsync(["replay", Recording("claude-bash"), "--now"], first.ClientEnvironment);
            Assert.Contains(File, await OkAsync(["backup", File], first), StringComparison.Ordinal);
            Assert.Equal(0, (await busy).ExitCode);
            Assert.Empty(Directory.GetDirectories(Path.Combine(first.DataFolder, "backups")));
            await first.KillAsync();
        }

        Assert.Equal([File], Directory.GetFiles(_folder.FullName));
        Assert.True(OperatingSystem.IsWindows() || System.IO.File.GetUnixFileMode(File) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));

        await using var second = await AgentObsProcess.StartAsync();
        Assert.Matches("is restored: [1-9][0-9,]* spans, [1-9][0-9,]* log records, ", await OkAsync(["restore", File], second));
        Assert.Contains(before, await SessionsAsync(second), StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(second.DataFolder, "backups")));

        // The same telemetry once more changes nothing, and new telemetry is taken.
        await OkAsync(["replay", Recording("claude-codex3")], second);
        Assert.Contains(before, await SessionsAsync(second), StringComparison.Ordinal);
        await OkAsync(["check"], second);

        // Over existing data only with the flag.
        var refused = await AgentObsProgram.RunAsync(["restore", File], second.ClientEnvironment);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--replace", refused.Error, StringComparison.Ordinal);
        await OkAsync(["restore", File, "--replace"], second);
        Assert.Contains(before, await SessionsAsync(second), StringComparison.Ordinal);
        Assert.DoesNotContain("agentobs-check", await second.Http.GetStringAsync("/api/traces?limit=500", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_or_foreign_file_is_refused_and_nothing_is_lost()
    {
        await using var serve = await AgentObsProcess.StartAsync();
        await OkAsync(["replay", Recording("claude-bash")], serve);
        var before = await SessionsAsync(serve);
        await OkAsync(["backup", File], serve);
        var bytes = await System.IO.File.ReadAllBytesAsync(File, Cancellation);
        var flipped = (byte[])bytes.Clone();
        flipped[bytes.Length / 2] ^= 1;
        foreach (var (content, reason) in new[]
        {
            (bytes[..(bytes.Length / 2)], "damaged"), (bytes[..^2000], "damaged"), (flipped, "damaged"), ([.. "PK not a backup"u8], "no backup"), ([], "no backup"),
            (Archive(Manifest with { Database = null! }), "no backup"), (Archive(Manifest with { Schema = 9999 }, "a"), "newer"),
            (Archive(Manifest, "../../evil"), "no backup"), (Archive(Manifest, "/evil"), "no backup"), (Archive(Manifest, "a", "a"), "no backup"), (Archive(Manifest, "a"), "could not restore"),
        })
        {
            var bad = Path.Combine(_folder.FullName, "bad.tar.gz");
            await System.IO.File.WriteAllBytesAsync(bad, content, Cancellation);
            var refused = await AgentObsProgram.RunAsync(["restore", bad, "--replace"], serve.ClientEnvironment);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains(reason, refused.Error, StringComparison.Ordinal);
            Assert.Contains("Nothing was changed", refused.Error, StringComparison.Ordinal);
            Assert.Contains(bad, refused.Error, StringComparison.Ordinal);
            Assert.Equal(before, await SessionsAsync(serve));
        }

        var exists = await AgentObsProgram.RunAsync(["backup", File], serve.ClientEnvironment);
        Assert.Equal(2, exists.ExitCode);
        var nowhere = await AgentObsProgram.RunAsync(["backup", Path.Combine(_folder.FullName, "no", "b.tar.gz")], serve.ClientEnvironment);
        Assert.Equal(1, nowhere.ExitCode);
        Assert.Equal(bytes, await System.IO.File.ReadAllBytesAsync(File, Cancellation));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_leaves_nothing_behind()
    {
        await using var serve = await AgentObsProcess.StartAsync();
        await OkAsync(["replay", Recording("claude-bash")], serve);

        // Another backup of the same name is under way, or was killed.
        await System.IO.File.WriteAllTextAsync(File + ".partial", "of another", Cancellation);
        var refused = await AgentObsProgram.RunAsync(["backup", File], serve.ClientEnvironment);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(File, refused.Error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
        Assert.Equal("of another", await System.IO.File.ReadAllTextAsync(File + ".partial", Cancellation));
        Assert.Empty(Directory.GetDirectories(Path.Combine(serve.DataFolder, "backups")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static BackupManifest Manifest => new(BackupManifest.KnownFormat, 1, "otel_snapshot", 1);

    private static byte[] Archive(BackupManifest manifest, params string[] files)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            var entries = files.Select(name => (name, "abc"u8.ToArray())).Prepend((BackupManifest.EntryName, JsonSerializer.SerializeToUtf8Bytes(manifest, JsonSerializerOptions.Web)));
            foreach (var (name, content) in entries)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return bytes.ToArray();
    }

    private static string Recording(string scenario) => Path.Combine(AgentObsProgram.Root, "recordings", scenario);

    private static async Task<string> OkAsync(string[] arguments, AgentObsProcess serve)
    {
        var result = await AgentObsProgram.RunAsync(arguments, serve.ClientEnvironment);
        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        return result.Output;
    }

    /// <summary>The recorded session with its figures, and its tree.</summary>
    private static async Task<string> SessionsAsync(AgentObsProcess serve)
    {
        using var list = JsonDocument.Parse(await serve.Http.GetStringAsync("/api/sessions", Cancellation));
        var text = "";
        foreach (var session in list.RootElement.GetProperty("sessions").EnumerateArray().Where(session => session.GetProperty("spans").GetInt32() > 0).Reverse().Take(1))
        {
            var id = session.GetProperty("id").GetString()!;
            using var tree = JsonDocument.Parse(await serve.Http.GetStringAsync($"/api/sessions/{Uri.EscapeDataString(id)}/tree", Cancellation));
            text += $"{id} {session.GetProperty("spans")} {session.GetProperty("tokens")} {tree.RootElement.GetProperty("nodes").GetRawText()}";
        }

        return text;
    }
}
