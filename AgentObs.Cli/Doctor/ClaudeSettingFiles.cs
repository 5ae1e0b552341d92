using System.Globalization;
using AgentObs.Cli.Clients;
using AgentObs.Launcher;

namespace AgentObs.Cli.Doctor;

/// <summary>
/// Variables as Claude Code has them when it is started in this folder: the shell's, over them <c>env</c> of the user's settings, of the project's, of
/// the project's local ones, and of the managed ones (Claude Code's documentation, "Settings precedence").
/// </summary>
internal static class ClaudeSettingFiles
{
    private const string Prefix = "env.";

    /// <summary>The one that <c>agentobs setup</c> writes.</summary>
    public static string UserFile(Machine machine) => Path.Combine(machine.Variable("CLAUDE_CONFIG_DIR") ?? Path.Combine(machine.Home, ".claude"), "settings.json");

    public static SettingMap Read(Machine machine)
    {
        var user = UserFile(machine);
        string[] files =
        [
            user,
            Path.Combine(machine.WorkingFolder, ".claude", "settings.json"),
            Path.Combine(machine.WorkingFolder, ".claude", "settings.local.json"),
            OperatingSystem.IsMacOS() ? "/Library/Application Support/ClaudeCode/managed-settings.json" : "/etc/claude-code/managed-settings.json",
        ];
        var layers = files.Distinct(StringComparer.Ordinal).Where(File.Exists).Select(file => (File: machine.Short(file), Read: Lines(file))).ToList();
        var fault = layers.Where(layer => layer.Read.Fault is not null).Select(layer => $"{layer.File}: {layer.Read.Fault}.").FirstOrDefault();
        var settings = new SettingMap(machine.Short(user), fault);
        foreach (var (name, value) in machine.Environment)
        {
            settings.Put(name, new Told(value, Told.Shell));
        }

        foreach (var (file, (lines, _)) in layers)
        {
            foreach (var line in lines.Where(line => line.Name.StartsWith(Prefix, StringComparison.Ordinal)))
            {
                settings.Put(line.Name[Prefix.Length..], new Told(line.Value, string.Create(CultureInfo.InvariantCulture, $"{file}:{line.Line}")));
            }
        }

        return settings;
    }

    internal static (IReadOnlyList<SettingLine> Lines, string? Fault) Lines(string file)
    {
        try
        {
            return (JsonSettings.Read(RegularFile.Read(file)), null);
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            return ([], error.Message.TrimEnd('.'));
        }
    }
}
