using AgentObs.Cli.Clients;
using AgentObs.Cli.Doctor;
using AgentObs.Conventions;

namespace AgentObs.Cli.Setup;

/// <summary>A client whose settings file setup changes.</summary>
internal abstract class SetupClient
{
    public static readonly IReadOnlyList<SetupClient> All = [new ClaudeSetup(), new CodexSetup()];

    /// <summary>As it is named on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>As a person calls it.</summary>
    public abstract string Title { get; }

    public abstract ISettingsText Text { get; }

    /// <summary>The user's settings file; it need not be there.</summary>
    public abstract string File(Machine machine);

    /// <summary>All values of the file with their lines, named as doctor names them.</summary>
    /// <exception cref="FormatException">Not the format; names the line.</exception>
    public abstract IReadOnlyList<SettingLine> Read(byte[] text);

    /// <summary>A key as <see cref="Read"/> names it: <c>env.OTEL_TRACES_EXPORTER</c>; what is below it has more behind a dot.</summary>
    public abstract string LineName(string key);

    /// <summary>Keys with the values that the file has to have.</summary>
    public abstract IEnumerable<KeyValuePair<string, string>> Wanted(string otlpGrpc, CapturedContent content, string token);

    /// <summary>Keys that go where they are: they would send elsewhere, or send what is not wanted.</summary>
    public abstract IEnumerable<string> Unwanted(CapturedContent content, string token);

    /// <summary>Whether a value is an address that telemetry goes to.</summary>
    public abstract bool IsEndpoint(string name);

    /// <summary>Whether an address of <see cref="IsEndpoint"/> is sent to over gRPC.</summary>
    public abstract bool IsGrpc(SettingLine endpoint, IReadOnlyList<SettingLine> lines);

    /// <summary>A key whose value is the user's choice where there is one.</summary>
    public virtual bool IsUsers(string key) => false;

    /// <summary>What the file says about content; null where it says nothing.</summary>
    public abstract CapturedContent? Content(IReadOnlyList<SettingLine> lines);

    /// <summary>The text without what setup itself had to make around its keys.</summary>
    public abstract byte[] RemoveEmpty(byte[] text);

    public bool IsInstalled(Machine machine, string shimFolder) =>
        Installation.Find(Name, machine.Path, shimFolder).Count > 0 || Directory.Exists(Path.GetDirectoryName(File(machine)));
}
