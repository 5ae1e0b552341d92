using System.Globalization;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;
using AgentObs.Cli.Doctor;
using AgentObs.Conventions;

namespace AgentObs.Cli.Setup;

/// <summary>The file that makes a system start AgentObs at login: a systemd user unit, or a launchd agent.</summary>
/// <param name="Path">Where it belongs.</param>
/// <param name="Text">What it says.</param>
/// <param name="Start">Commands that start it now and at each login.</param>
/// <param name="Stop">Commands that undo <paramref name="Start"/>; run while the file is there.</param>
internal sealed record ServiceUnit(string Path, string Text, IReadOnlyList<string[]> Start, IReadOnlyList<string[]> Stop)
{
    /// <summary>Holds what is secret, one <c>NAME=value</c> a line; in the data folder, which is nobody else's.</summary>
    public const string SecretsFile = "environment";

    private const string Unit = "agentobs.service";
    private const string Label = "dev.agentobs";

    private static readonly Setting[] Settings =
    [
        Setting.WebUrl, Setting.OtlpGrpcUrl, Setting.OtlpHttpUrl, Setting.Database, Setting.Fsync, Setting.RetentionDays, Setting.RetentionGigabytes,
        Setting.TelemetryUrl, Setting.ForwardUrl, Setting.ForwardProtocol, Setting.ForwardCertificate, Setting.EngineLibrary,
    ];

    /// <summary>Settings that hold a secret: they go into <see cref="SecretsFile"/> by the user's hand, a unit is readable for all.</summary>
    public static readonly IReadOnlyList<Setting> Secrets = [Setting.Token, Setting.ForwardHeaders, Setting.ClickHouseUrl];

    /// <param name="machine">Whose login; settings in its variables go into the unit.</param>
    /// <param name="dataFolder">Of the embedded engine.</param>
    /// <param name="program">The program's words: <c>/home/you/.dotnet/tools/agentobs</c>, or dotnet and the dll.</param>
    public static ServiceUnit Systemd(Machine machine, string dataFolder, IReadOnlyList<string> program)
    {
        var text = new StringBuilder();
        text.Append("# Written by agentobs setup --service; agentobs setup --service --undo removes it.\n[Unit]\nDescription=AgentObs: what the coding agents on this machine are doing\nStartLimitIntervalSec=60\nStartLimitBurst=5\n\n[Service]\n");
        text.Append(CultureInfo.InvariantCulture, $"ExecStart={string.Join(' ', program.Append("serve").Select((word, i) => i == 0 ? Escaped(word) : Escaped(word).Replace("$", "$$", StringComparison.Ordinal)))}\n");
        foreach (var (name, value) in Variables(machine, dataFolder))
        {
            text.Append(CultureInfo.InvariantCulture, $"Environment={Escaped($"{name}={value}")}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"# AGENTOBS_TOKEN=... and other secrets, mode 0600.\nEnvironmentFile=-{System.IO.Path.Combine(dataFolder, SecretsFile).Replace("%", "%%", StringComparison.Ordinal)}\n");
        text.Append("Restart=on-failure\nRestartSec=2\n# A wrong setting does not mend itself.\nRestartPreventExitStatus=2\n# What is under way is finished and stored.\nTimeoutStopSec=30\nUMask=0077\nNoNewPrivileges=yes\nLockPersonality=yes\nRestrictRealtime=yes\nSystemCallArchitectures=native\n# Netlink tells the addresses of this machine. Namespaces (ProtectSystem and its like) are not each user manager's to give; the runtime compiles, so memory stays executable.\nRestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK\n\n[Install]\nWantedBy=default.target\n");
        var folder = System.IO.Path.Combine(machine.Variable("XDG_CONFIG_HOME") ?? System.IO.Path.Combine(machine.Home, ".config"), "systemd", "user");
        return new ServiceUnit(
            System.IO.Path.Combine(folder, Unit), text.ToString(),
            [["systemctl", "--user", "daemon-reload"], ["systemctl", "--user", "enable", "--now", Unit]], [["systemctl", "--user", "disable", "--now", Unit]]);
    }

    /// <param name="userId">Of the user who is logged in.</param>
    /// <param name="machine">As <see cref="Systemd"/>.</param>
    /// <param name="dataFolder">As <see cref="Systemd"/>.</param>
    /// <param name="program">As <see cref="Systemd"/>.</param>
    public static ServiceUnit Launchd(Machine machine, string dataFolder, IReadOnlyList<string> program, uint userId)
    {
        var text = new StringBuilder();
        text.Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<!-- Written by agentobs setup with its option service; with undo beside it, it goes again. -->\n<plist version=\"1.0\">\n<dict>\n");
        text.Append(CultureInfo.InvariantCulture, $"  <key>Label</key><string>{Label}</string>\n  <key>ProgramArguments</key>\n  <array>\n");
        foreach (var word in program.Append("serve"))
        {
            text.Append(CultureInfo.InvariantCulture, $"    <string>{SecurityElement.Escape(word)}</string>\n");
        }

        text.Append("  </array>\n  <key>EnvironmentVariables</key>\n  <dict>\n");
        foreach (var (name, value) in Variables(machine, dataFolder))
        {
            text.Append(CultureInfo.InvariantCulture, $"    <key>{name}</key><string>{SecurityElement.Escape(value)}</string>\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"  </dict>\n  <key>RunAtLoad</key><true/>\n  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>\n  <key>ExitTimeOut</key><integer>30</integer>\n  <key>Umask</key><integer>63</integer>\n  <key>StandardErrorPath</key><string>{SecurityElement.Escape(System.IO.Path.Combine(dataFolder, "service.log"))}</string>\n</dict>\n</plist>\n");
        var path = System.IO.Path.Combine(machine.Home, "Library", "LaunchAgents", Label + ".plist");
        var domain = string.Create(CultureInfo.InvariantCulture, $"gui/{userId}");
        return new ServiceUnit(path, text.ToString(), [["launchctl", "bootstrap", domain, path]], [["launchctl", "bootout", $"{domain}/{Label}"]]);
    }

    /// <summary>How this program is started by its whole path: itself, or dotnet with its dll.</summary>
    public static IReadOnlyList<string> ThisProgram()
    {
        var process = Environment.ProcessPath!;
        return System.IO.Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, System.IO.Path.Combine(AppContext.BaseDirectory, "agentobs.dll")] : [process];
    }

    // A login manager has none of a shell's variables, and is in another folder than the shell.
    private static IEnumerable<(string Name, string Value)> Variables(Machine machine, string dataFolder) =>
    [
        ("DOTNET_ROOT", System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")).TrimEnd(System.IO.Path.DirectorySeparatorChar)),
        (Setting.Data.Variable, dataFolder),
        .. Settings.Select(setting => (setting.Variable, Value: machine.Variable(setting.Variable))).Where(pair => pair.Value is not null).Select(pair => (pair.Variable, pair.Variable == Setting.ForwardCertificate.Variable || pair.Variable == Setting.EngineLibrary.Variable ? System.IO.Path.GetFullPath(pair.Value!) : pair.Value!)),
    ];

    // systemd.syntax: quotes and backslashes are escaped, % begins a specifier. In ExecStart $ begins a variable, too, but for the program's own path.
    private static string Escaped(string word) => "\"" + word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("%", "%%", StringComparison.Ordinal) + "\"";
}
