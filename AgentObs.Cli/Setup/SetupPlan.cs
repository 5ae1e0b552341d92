using System.Globalization;
using AgentObs.Cli.Clients;
using AgentObs.Cli.Running;
using AgentObs.Conventions;

namespace AgentObs.Cli.Setup;

/// <summary>What becomes of one settings file.</summary>
/// <param name="Client">Whose it is.</param>
/// <param name="File">The file.</param>
/// <param name="Before">Its bytes; null where there is none.</param>
/// <param name="After">What it shall be; null: it goes.</param>
/// <param name="Keys">What changes in it.</param>
/// <param name="Foreign">Addresses of the user's own that telemetry goes to.</param>
internal sealed record SetupPlan(
    SetupClient Client, SettingsFile File, byte[]? Before, byte[]? After, IReadOnlyList<ChangedKey> Keys, IReadOnlyList<SettingLine> Foreign)
{
    public bool IsNothing => Before is null ? After is null : After is not null && Before.AsSpan().SequenceEqual(After);

    /// <param name="client">Whose settings.</param>
    /// <param name="file">Its file.</param>
    /// <param name="running">Where it shall send to.</param>
    /// <param name="content">What it shall send.</param>
    /// <param name="earlier">What setup did to the file before; null where nothing.</param>
    /// <exception cref="CommandException">The file cannot be read or understood; names file, line and fix.</exception>
    public static SetupPlan Make(SetupClient client, SettingsFile file, RunningAgentObs running, CapturedContent content, ChangedFile? earlier)
    {
        var before = file.Read();
        try
        {
            var text = before ?? [];
            var lines = client.Read(text);
            var keys = new List<ChangedKey>();
            foreach (var key in client.Unwanted(content, running.Token))
            {
                if (client.Text.Find(text, key) is { } present)
                {
                    keys.Add(new ChangedKey(key, present, null));
                    text = client.Text.Remove(text, key);
                }
            }

            foreach (var (key, value) in client.Wanted(running.OtlpGrpc.GetLeftPart(UriPartial.Authority), content, running.Token))
            {
                var present = client.Text.Find(text, key);
                if (present is null || (!client.IsUsers(key) && !client.Text.IsSame(present, value)))
                {
                    keys.Add(new ChangedKey(key, present, value));
                    text = client.Text.Set(text, key, value);
                }
            }

            Verify(client, file, lines, text, keys);
            var foreign = lines.Where(line => client.IsEndpoint(line.Name) && line.Value.Length > 0 && !IsOurs(line, client, running, earlier)).ToList();
            return new SetupPlan(client, file, before, text.Length == 0 ? before : text, keys, foreign);
        }
        catch (FormatException error)
        {
            throw Unreadable(client, file, error);
        }
    }

    /// <summary>The way back: all of it where nobody edited the file since, else only what setup changed and nobody touched.</summary>
    /// <param name="left">Keys that somebody changed since: they stay.</param>
    /// <exception cref="CommandException">As <see cref="Make"/>.</exception>
    public static SetupPlan Back(SetupClient client, SettingsFile file, ChangedFile earlier, out bool isWhole, out IReadOnlyList<string> left)
    {
        left = [];
        var before = file.Read();
        var backup = earlier.Backup is null ? null : new SettingsFile(earlier.Backup, earlier.Backup).Read();
        isWhole = earlier.IsWhole && before is not null && SetupRecords.Hash(before) == earlier.WrittenHash
            && (earlier.Backup is null || (backup is not null && SetupRecords.Hash(backup) == earlier.BackupHash));
        if (isWhole || before is null)
        {
            return new SetupPlan(client, file, before, isWhole ? backup : null, earlier.Keys, []);
        }

        try
        {
            var text = before;
            var touched = new List<string>();
            foreach (var key in earlier.Keys)
            {
                var present = client.Text.Find(text, key.Name);
                if (present is null != key.Wrote is null || (present is not null && !client.Text.IsSame(present, key.Wrote!)))
                {
                    touched.Add(key.Name);
                }
                else
                {
                    text = key.Before is null ? client.Text.Remove(text, key.Name) : client.Text.Set(text, key.Name, key.Before);
                }
            }

            left = touched;
            return new SetupPlan(client, file, before, client.RemoveEmpty(text), earlier.Keys, []);
        }
        catch (FormatException error)
        {
            throw Unreadable(client, file, error);
        }
    }

    /// <summary>
    /// True where nothing would be lost by writing: there is no file, or it is what setup wrote last and the backup of then is still there. A home
    /// folder that was put back, or edits of the user's, are a text that nobody else has.
    /// </summary>
    public bool IsKept(ChangedFile? earlier) =>
        Before is null || (earlier is not null && SetupRecords.Hash(Before) == earlier.WrittenHash && (earlier.Backup is null || System.IO.File.Exists(earlier.Backup)));

    /// <summary>The record of this change on top of an earlier one.</summary>
    /// <param name="earlier">Null at the first.</param>
    /// <param name="backup">The one that was made now; null where none was needed.</param>
    public ChangedFile Record(ChangedFile? earlier, string? backup)
    {
        var isUntouched = earlier is null || (Before is not null && SetupRecords.Hash(Before) == earlier.WrittenHash);
        var keys = (earlier?.Keys ?? []).ToDictionary(key => key.Name, StringComparer.Ordinal);
        foreach (var key in Keys)
        {
            // What the user has put there since is what undo gives back.
            var known = keys.GetValueOrDefault(key.Name);
            var isOurs = known is not null && (known.Wrote is null ? key.Before is null : key.Before is not null && Client.Text.IsSame(known.Wrote, key.Before));
            keys[key.Name] = isOurs ? key with { Before = known!.Before } : key;
        }

        var (kept, hash) = earlier?.Backup is { } first && System.IO.File.Exists(first) ? (first, earlier.BackupHash)
            : backup is null ? (null, "")
            : (backup, SetupRecords.Hash(Before!));
        return new ChangedFile(
            Client.Name, File.Path, kept, hash,
            SetupRecords.Hash(After!), earlier is null || (earlier.IsWhole && isUntouched && backup is null), [.. keys.Values]);
    }

    // Nothing but the keys may differ: what was not understood is not written.
    private static void Verify(SetupClient client, SettingsFile file, IReadOnlyList<SettingLine> before, byte[] after, IReadOnlyList<ChangedKey> keys)
    {
        bool IsKey(SettingLine line) => keys.Any(key => line.Name == client.LineName(key.Name) || line.Name.StartsWith(client.LineName(key.Name) + ".", StringComparison.Ordinal));
        IEnumerable<(string, string)> Others(IReadOnlyList<SettingLine> lines) => lines.Where(line => !IsKey(line)).Select(line => (line.Name, line.Value)).Order();

        if (!Others(before).SequenceEqual(Others(client.Read(after))) || keys.Any(key => (client.Text.Find(after, key.Name) is { } now ? key.Wrote is null || !client.Text.IsSame(now, key.Wrote) : key.Wrote is not null)))
        {
            throw CommandException.Failed(
                $"{file.Shown} is written in a way that setup cannot change safely; nothing was written.", $"${{EDITOR:-vi}} {file.Shown}   (the lines to add stand in the README, \"By hand\")");
        }
    }

    private static bool IsOurs(SettingLine line, SetupClient client, RunningAgentObs running, ChangedFile? earlier) =>
        running.IsOurs(line.Value)
            || (earlier?.Keys.Any(key => IsOf(line.Name, client.LineName(key.Name)) && key.Wrote?.Contains($"\"{line.Value}\"", StringComparison.Ordinal) == true) ?? false);

    private static bool IsOf(string line, string key) => line == key || line.StartsWith(key + ".", StringComparison.Ordinal);

    private static CommandException Unreadable(SetupClient client, SettingsFile file, FormatException error)
    {
        var line = new string([.. error.Message.SkipWhile(letter => !char.IsAsciiDigit(letter)).TakeWhile(char.IsAsciiDigit)]);
        return CommandException.Failed(
            $"{file.Shown}: {error.Message.TrimEnd('.')}. {client.Title} cannot read it either; nothing was written.",
            string.Create(CultureInfo.InvariantCulture, $"${{EDITOR:-vi}} {(line.Length > 0 ? $"+{line} " : "")}{file.Shown}   (mend that line, then this command again)"));
    }
}
