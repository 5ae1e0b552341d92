using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace AgentObs.Storage.Backups;

/// <summary>
/// A backup as one file: gzip over tar, the manifest first, then the engine's files. The engine's own .tar.gz takes 13 times as long (its data is
/// compressed already) and is read anew for each file of a restore; gzip without compression costs nothing and its checksum finds every damage.
/// </summary>
internal static class BackupArchive
{
    private const int LongestManifest = 64 * 1024;
    private const int LongestName = 200;
    private const int LongestPath = 2000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal static async Task WriteAsync(string folder, BackupManifest manifest, Stream to, CancellationToken ct)
    {
        await using var gzip = new GZipStream(to, CompressionLevel.NoCompression, leaveOpen: true);
        await using var tar = new TarWriter(gzip, TarEntryFormat.Pax, leaveOpen: true);
        using var head = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, Json));
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.EntryName) { DataStream = head }, ct);
        foreach (var file in Files(folder))
        {
            await tar.WriteEntryAsync(file, Path.GetRelativePath(folder, file), ct);
        }
    }

    internal static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Unpacks into a folder of ours: plain files below it and nothing else.</summary>
    /// <exception cref="StorageException">It is no backup, or it is damaged.</exception>
    internal static async Task<BackupManifest> ReadAsync(Stream from, string folder, CancellationToken ct)
    {
        try
        {
            await using var gzip = new GZipStream(from, CompressionMode.Decompress, leaveOpen: true);
            await using var tar = new TarReader(gzip, leaveOpen: true);
            var manifest = await ManifestAsync(tar, ct);
            var files = 0;
            while (await tar.GetNextEntryAsync(copyData: false, ct) is { } entry)
            {
                var path = Path.GetFullPath(Path.Combine(folder, entry.Name));
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                    || !path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                {
                    throw Foreign($"it holds '{Short(entry.Name)}', which no backup has");
                }

                if (path.Length > LongestPath || Path.GetFileName(path).Length > LongestName || File.Exists(path))
                {
                    throw Foreign($"it holds '{Short(entry.Name)}' twice, or under too long a name");
                }

                RequireRoom(folder, entry.Length);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await entry.ExtractToFileAsync(path, overwrite: false, ct);
                files++;
            }

            // The checksum stands behind the tar's end.
            await gzip.CopyToAsync(Stream.Null, ct);
            return files == manifest.Files ? manifest : throw Damaged($"it has {files} of {manifest.Files} files");
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw Damaged("it ends too early, or its bytes are not those that were written", error);
        }
        catch (IOException error) when (IsDiskFull(error))
        {
            throw NoRoom(folder, error);
        }
    }

    /// <summary>A header may say any size: the file is made as large before its bytes come.</summary>
    private static void RequireRoom(string folder, long bytes)
    {
        if (bytes > new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(folder))!).AvailableFreeSpace)
        {
            throw NoRoom(folder);
        }
    }

    // ENOSPC, EDQUOT (Linux 122, macOS 69); ERROR_DISK_FULL.
    private static bool IsDiskFull(IOException error) => error.HResult is 28 or 122 or 69 or unchecked((int)0x80070070);

    internal static StorageException NoRoom(string folder, Exception? inner = null) =>
        new($"The disk of {Path.GetDirectoryName(folder)} has no room for the backup beside what is stored. Nothing was changed. Make room there, then restore again.", inner);

    private static string Short(string name) => name.Length <= 100 ? name : name[..100] + "...";

    private static async Task<BackupManifest> ManifestAsync(TarReader tar, CancellationToken ct)
    {
        try
        {
            if (await tar.GetNextEntryAsync(copyData: false, ct) is { Name: BackupManifest.EntryName, Length: <= LongestManifest, DataStream: { } data })
            {
                return await JsonSerializer.DeserializeAsync<BackupManifest>(data, Json, ct) switch
                {
                    { Format: > BackupManifest.KnownFormat } => throw Foreign("a newer AgentObs made it"),
                    { Format: BackupManifest.KnownFormat, Schema: > 0, Files: > 0 } manifest when DatabaseName.IsOne(manifest.Database) => manifest,
                    _ => throw Foreign($"its {BackupManifest.EntryName} is not one"),
                };
            }
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException or JsonException)
        {
            throw Foreign("it is no gzipped tar that begins with one", error);
        }

        throw Foreign($"it does not begin with {BackupManifest.EntryName}");
    }

    private static StorageException Foreign(string why, Exception? inner = null) =>
        new($"The file is no backup of AgentObs: {why.TrimEnd('.')}. Nothing was changed. Give a file that `agentobs backup` wrote.", inner);

    private static StorageException Damaged(string why, Exception? inner = null) =>
        new($"The backup is damaged: {why.TrimEnd('.')}. Nothing was changed. Take another copy of it.", inner);
}
