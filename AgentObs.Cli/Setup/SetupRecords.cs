using System.Security.Cryptography;
using System.Text.Json;

namespace AgentObs.Cli.Setup;

/// <summary>Reads and writes <see cref="SetupRecord"/>; one setup at a time.</summary>
internal sealed class SetupRecords : IDisposable
{
    private readonly SettingsFile _file;
    private readonly FileStream? _lock;
    private byte[]? _text;

    /// <param name="dataFolder">Where it lies; made where it is not there.</param>
    /// <param name="isReadOnly">Nothing is made, and another setup may run.</param>
    /// <exception cref="CommandException">Another setup runs, or the data folder cannot be written.</exception>
    public SetupRecords(string dataFolder, bool isReadOnly = false)
    {
        _file = new SettingsFile(Path.Combine(dataFolder, "setup.json"), Path.Combine(dataFolder, "setup.json"));
        if (isReadOnly)
        {
            return;
        }

        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(dataFolder);
            }
            else
            {
                Directory.CreateDirectory(dataFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            _lock = new FileStream(Path.Combine(dataFolder, "setup.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"{dataFolder}/setup.lock cannot be taken: {error.Message}", "wait until the other agentobs setup has ended, or look who may write there: ls -ld " + dataFolder);
        }
    }

    public IReadOnlyList<ChangedFile> Files { get; private set; } = [];

    public static string Hash(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text));

    /// <exception cref="CommandException">The record cannot be read.</exception>
    public SetupRecords Load()
    {
        _text = _file.Read();
        try
        {
            Files = _text is null ? [] : JsonSerializer.Deserialize(_text, SetupJson.Default.SetupRecord)?.Files ?? [];
        }
        catch (JsonException error)
        {
            throw CommandException.Failed($"{_file.Shown} cannot be read: {error.Message}", $"mv {_file.Shown} {_file.Shown}.broken   (backups lie beside the settings files: *.agentobs-backup)");
        }

        return this;
    }

    public ChangedFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

    /// <summary>Replaces the entry of that path; null removes it.</summary>
    public void Put(string path, ChangedFile? entry)
    {
        Files = [.. Files.Where(file => file.Path != path), .. entry is null ? Array.Empty<ChangedFile>() : [entry]];
        var text = Files.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(new SetupRecord(Files), SetupJson.Default.SetupRecord);
        _file.Write(_text, text);
        _text = text;
    }

    public void Dispose() => _lock?.Dispose();
}
