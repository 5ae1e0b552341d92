using System.Globalization;
using System.Runtime.Versioning;
using System.Text;

namespace AgentObs.Launcher;

/// <summary>
/// What descendants of a launched agent find in the data folder: <c>launcher/bin</c> with the shims, <c>launcher/agentobs-env.sh</c>, the hook. Written where
/// it is not there or says something else, each file in one step.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class LauncherFolder(string dataFolder)
{
    private const string Hook = "agentobs-env.sh";

    private readonly string _folder = Path.Combine(dataFolder, "launcher");

    public string Bin => Path.Combine(_folder, "bin");

    public string HookFile => Path.Combine(_folder, Hook);

    /// <summary>The hook of this or another data folder.</summary>
    public static bool IsHook(string file) => file.EndsWith("/launcher/" + Hook, StringComparison.Ordinal);

    /// <param name="launcher">The program that the shims start.</param>
    /// <param name="agents">Those that are installed: a shim for another would say that it is.</param>
    /// <returns>False where the files cannot be written: agents then run without shims.</returns>
    public bool Ensure(string launcher, IEnumerable<string> agents)
    {
        if (Bin.Contains(':', StringComparison.Ordinal))
        {
            return NotTied($"PATH has no way to say {Bin}, with its colon.");
        }

        try
        {
            foreach (var name in agents)
            {
                Write(
                    Path.Combine(Bin, name),
                    Template("shim.sh").Replace("@NAME@", name, StringComparison.Ordinal).Replace("'@LAUNCHER@'", Quoted(launcher), StringComparison.Ordinal),
                    executable: true);
            }

            Write(HookFile, Template(Hook).Replace("'@BIN@'", Quoted(Bin), StringComparison.Ordinal), executable: false);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return NotTied(error.Message);
        }
    }

    private static bool NotTied(string why)
    {
        StandardError.Say($"agents that agents start are not tied to them: {why} Next: set AGENTOBS_DATA to a folder that can be written");
        return false;
    }

    private static void Write(string path, string text, bool executable)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
        {
            return;
        }

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, owner);
        var temporary = path + "." + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = executable ? owner : UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static string Template(string name)
    {
        using var stream = typeof(LauncherFolder).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
