using System.Globalization;
using AgentObs.Cli.Doctor;
using AgentObs.Launcher;

namespace AgentObs.Cli.Setup;

/// <summary>A settings file of the user's. Links are followed for writing and stay; the mode stays; a reader sees the old text or the new one.</summary>
/// <param name="path">As its client names it.</param>
/// <param name="shown">For messages: <c>~/.claude/settings.json</c>.</param>
internal sealed class SettingsFile(string path, string shown)
{
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public SettingsFile(string path, Machine machine)
        : this(path, machine.Short(path))
    {
    }

    public string Path => path;

    public string Shown => shown;

    /// <returns>Null where there is no file.</returns>
    /// <exception cref="CommandException">It cannot be read; names it and the fix.</exception>
    public byte[]? Read()
    {
        try
        {
            return RegularFile.Read(Target());
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Directory.Exists(path)
                ? CommandException.Failed($"{shown} is a folder: its client reads a file there.", $"mv {shown} {shown}.folder   (then this command again)")
                : CommandException.Failed($"{shown} cannot be read: {error.Message.TrimEnd('.')}.", $"ls -l {shown}");
        }
    }

    /// <summary>Replaces it, unless somebody else wrote it since <paramref name="before"/> was read.</summary>
    /// <param name="text">Null removes the file.</param>
    /// <exception cref="CommandException">Nothing was written; names the file and the fix.</exception>
    public void Write(byte[]? before, byte[]? text)
    {
        Guarded(() =>
        {
            var target = Target();
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            if (text is null)
            {
                RequireUnchanged(before);
                File.Delete(target);
                return;
            }

            if (File.Exists(target))
            {
                // A rename would go past a file's own mode: what may not be written is left alone.
                File.OpenHandle(target, FileMode.Open, FileAccess.Write).Dispose();
            }

            var temporary = string.Create(CultureInfo.InvariantCulture, $"{target}.agentobs-{Environment.ProcessId}.tmp");
            try
            {
                Put(temporary, text, ModeOf(target));
                RequireUnchanged(before);
                File.Move(temporary, target, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }
        });
    }

    /// <summary>Keeps the text beside the file: <c>settings.json.20261123-024512.agentobs-backup</c>.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="CommandException">As <see cref="Write"/>.</exception>
    public string Backup(byte[] text, DateTimeOffset now)
    {
        var stem = path + now.ToLocalTime().ToString("'.'yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var backup = stem + ".agentobs-backup";
        for (var i = 2; File.Exists(backup); i++)
        {
            backup = string.Create(CultureInfo.InvariantCulture, $"{stem}-{i}.agentobs-backup");
        }

        Guarded(() =>
        {
            try
            {
                Put(backup, text, ModeOf(Target()));
            }
            catch (IOException)
            {
                // Half a backup would be taken for a whole one.
                File.Delete(backup);
                throw;
            }
        });
        return backup;
    }

    /// <summary>True where others than the owner may read it.</summary>
    public bool IsOpenToOthers() =>
        !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(Target()) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;

    private static UnixFileMode ModeOf(string target) => !OperatingSystem.IsWindows() && File.Exists(target) ? File.GetUnixFileMode(target) : OwnersAlone;

    private static void Put(string file, byte[] text, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersAlone;
        }

        using var stream = new FileStream(file, options);
        stream.Write(text);
        if (!OperatingSystem.IsWindows())
        {
            // Beyond what the umask lets a new file have.
            File.SetUnixFileMode(stream.SafeFileHandle, mode);
        }

        stream.Flush(flushToDisk: true);
    }

    private void RequireUnchanged(byte[]? before)
    {
        var present = Read();
        if (present is null != before is null || (present is not null && !present.AsSpan().SequenceEqual(before)))
        {
            throw CommandException.Failed($"{shown} was changed by another program meanwhile; nothing was written.", "this command again");
        }
    }

    private string Target() => new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed(
                $"{shown} cannot be written: {error.Message} It is as it was.", $"ls -ld {System.IO.Path.GetDirectoryName(shown)} {shown} && df -h {System.IO.Path.GetDirectoryName(shown)}   (who may write there, and whether there is room)");
        }
    }
}
