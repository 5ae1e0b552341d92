using System.Globalization;

namespace AgentObs.Tests.Storage;

/// <summary>What only a process of its own can show: its end, its signals, a second one on the same folder.</summary>
public sealed class EngineProcessTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("agentobs-process-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(folder, "data");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_second_process_is_told_who_has_the_folder_and_what_to_do()
    {
        using var first = StorageProcess.Start(StorageProcess.Hold, Data);
        Assert.Equal("open", await first.StandardOutput.ReadLineAsync(Cancellation));
        using var second = StorageProcess.Start(StorageProcess.Count, Data);
        var message = await second.StandardError.ReadToEndAsync(Cancellation);
        await second.WaitForExitAsync(Cancellation);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"pid {first.Id}", message, StringComparison.Ordinal);
        Assert.Contains(Data, message, StringComparison.Ordinal);
        Assert.Contains("AGENTOBS_DATA", message, StringComparison.Ordinal);
        first.StandardInput.Close();
        await first.WaitForExitAsync(Cancellation);
        Assert.Equal(0, first.ExitCode);
    }

    [Fact]
    public async Task Another_program_of_the_engine_is_told_apart()
    {
        Directory.CreateDirectory(Path.Combine(Data, "clickhouse"));
        var status = Path.Combine(Data, "clickhouse", "status");
        await File.WriteAllTextAsync(status, "PID: 4711\nStarted at: 2026-11-22 13:37:15\n", Cancellation);
        await using var held = new FileStream(status, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using var process = StorageProcess.Start(StorageProcess.Count, Data);
        var message = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("another ClickHouse engine", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_acknowledged_survives_a_kill()
    {
        var acknowledged = 0L;
        using (var writer = StorageProcess.Start(StorageProcess.Write, Data))
        {
            while (acknowledged < 20)
            {
                acknowledged = long.Parse((await writer.StandardOutput.ReadLineAsync(Cancellation))!, CultureInfo.InvariantCulture);
            }

            writer.Kill();
            await writer.WaitForExitAsync(Cancellation);
            while (await writer.StandardOutput.ReadLineAsync(Cancellation) is { Length: > 0 } line && long.TryParse(line, out var late))
            {
                acknowledged = late;
            }
        }

        using var reader = StorageProcess.Start(StorageProcess.Count, Data);
        var counted = (await reader.StandardOutput.ReadToEndAsync(Cancellation)).Split(' ');
        await reader.WaitForExitAsync(Cancellation);
        Assert.Equal(0, reader.ExitCode);
        var rows = long.Parse(counted[0], CultureInfo.InvariantCulture);

        // One commit may have been on its way.
        Assert.InRange(rows, acknowledged, acknowledged + 1);
        Assert.Equal(rows, long.Parse(counted[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The setting reaches the engine: it syncs the files of an insert, and their folder, before it answers.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fsync_waits_for_the_disk(bool isOn)
    {
        using var process = StorageProcess.Start(isOn ? StorageProcess.Sync : StorageProcess.NoSync, Data);
        var before = Counts(await process.StandardOutput.ReadLineAsync(Cancellation));
        var after = Counts(await process.StandardOutput.ReadLineAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(0, process.ExitCode);

        // The only part's data, marks, index, checksums, columns and count at least, and its folder.
        Assert.True(isOn ? after.Files >= before.Files + 6 : after.Files == before.Files, $"{before} {after}");
        Assert.True(isOn ? after.Folders > before.Folders : after.Folders == before.Folders, $"{before} {after}");

        static (long Files, long Folders) Counts(string? line) =>
            line!.Split(' ') is [var files, var folders] ? (long.Parse(files, CultureInfo.InvariantCulture), long.Parse(folders, CultureInfo.InvariantCulture)) : default;
    }

    [Fact]
    public async Task Null_references_and_divisions_by_zero_stay_exceptions()
    {
        using var process = StorageProcess.Start(StorageProcess.Faults, Data);
        Assert.Equal("2000", (await process.StandardOutput.ReadToEndAsync(Cancellation)).Trim());
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Closing_does_not_wait_for_queries_that_nobody_waits_for()
    {
        using var process = StorageProcess.Start(StorageProcess.Leave, Data);
        Assert.Equal("closed", (await process.StandardOutput.ReadToEndAsync(Cancellation)).Trim());
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Configuration_files_that_lie_around_are_not_read()
    {
        // Each would keep the engine from starting, if it were read.
        const string poison = "<clickhouse><path>/nowhere/at/all</path><max_thread_pool_size>none</max_thread_pool_size></clickhouse>";
        var home = Directory.CreateDirectory(Path.Combine(folder, "home"));
        Directory.CreateDirectory(Path.Combine(home.FullName, ".clickhouse-local"));
        await File.WriteAllTextAsync(Path.Combine(home.FullName, ".clickhouse-local", "config.xml"), poison, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "config.xml"), poison, Cancellation);
        using var process = StorageProcess.Start(StorageProcess.Hold, Data, workingDirectory: folder, home: home.FullName);
        Assert.Equal("open", await process.StandardOutput.ReadLineAsync(Cancellation));
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Data));
    }
}
