using System.Globalization;
using System.Text;
using AgentObs.Cli.Clients;
using AgentObs.Launcher;

namespace AgentObs.Cli.Doctor;

/// <summary><c>$CODEX_HOME/config.toml</c>, normally <c>~/.codex/config.toml</c>. Codex takes no exporter from the environment.</summary>
internal static class CodexSettingFile
{
    /// <summary>The one that <c>agentobs setup</c> writes.</summary>
    public static string UserFile(Machine machine) => Path.Combine(machine.Variable("CODEX_HOME") ?? Path.Combine(machine.Home, ".codex"), "config.toml");

    public static SettingMap Read(Machine machine)
    {
        var file = UserFile(machine);
        IReadOnlyList<SettingLine> lines = [];
        string? fault = null;
        try
        {
            lines = File.Exists(file) ? TomlSettings.Read(Encoding.UTF8.GetString(RegularFile.Read(file)).TrimStart('\uFEFF')) : [];
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            fault = $"{machine.Short(file)}: {error.Message.TrimEnd('.')}.";
        }

        var settings = new SettingMap(machine.Short(file), fault);
        foreach (var line in lines)
        {
            settings.Put(line.Name, new Told(line.Value, string.Create(CultureInfo.InvariantCulture, $"{machine.Short(file)}:{line.Line}")));
        }

        return settings;
    }
}
