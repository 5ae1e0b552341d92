using System.Diagnostics;
using System.Xml.Linq;
using AgentObs.Cli.Setup;
using AgentObs.Conventions;
using AgentObs.Tests.Cli.Doctor;

namespace AgentObs.Tests.Cli.Setup;

/// <summary>The files that start AgentObs at login.</summary>
public sealed class ServiceUnitTests : IDisposable
{
    private static readonly SetupOptions Yes = new(null, DryRun: false, Undo: false, Prompts: null, Yes: true, Replace: false, Service: true);

    private readonly ScratchUser _user = new();

    private string UnitFile => Path.Combine(_user.Home, ".config", "systemd", "user", "agentobs.service");

    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_the_unit()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "no systemd-analyze here");
        _user.Environment[Setting.RetentionDays.Variable] = "90,logs=30";
        var program = _user.Program("a program $x %n", "true");
        var unit = ServiceUnit.Systemd(_user.Machine, _user.Folder("home/data folder/\"%n\""), [program]);
        var file = _user.Write("home/agentobs.service", unit.Text);
        var start = new ProcessStartInfo("/usr/bin/systemd-analyze", ["--user", "verify", file]) { RedirectStandardError = true };
        start.Environment["XDG_RUNTIME_DIR"] = _user.Folder("home/run");
        using var verify = Process.Start(start)!;
        var said = await verify.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await verify.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(verify.ExitCode == 0 && said.Length == 0, said);
    }

    [Fact]
    public void A_unit_has_the_shells_settings_without_its_secrets()
    {
        _user.Environment[Setting.OtlpGrpcUrl.Variable] = "http://127.0.0.1:14317";
        _user.Environment[Setting.Token.Variable] = "very-secret";
        var unit = ServiceUnit.Systemd(_user.Machine, "/data", ["/bin/agent obs"]).Text;
        Assert.Contains("ExecStart=\"/bin/agent obs\" \"serve\"\n", unit, StringComparison.Ordinal);
        Assert.Contains("Environment=\"AGENTOBS_OTLP_GRPC_URL=http://127.0.0.1:14317\"\n", unit, StringComparison.Ordinal);
        Assert.Contains("Environment=\"AGENTOBS_DATA=/data\"\n", unit, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", unit, StringComparison.Ordinal);
    }

    /// <summary>A setting that nobody thought of here would be lost at the next login without a word.</summary>
    [Fact]
    public void Every_setting_is_in_it_or_is_told_to_be_a_secret()
    {
        var settings = typeof(Setting).GetFields().Where(field => field.IsStatic).Select(field => (Setting)field.GetValue(null)!)
            .Where(setting => setting != Setting.QueryUrl && setting != Setting.Data).ToList();
        foreach (var setting in settings)
        {
            _user.Environment[setting.Variable] = "/mine";
        }

        var unit = ServiceUnit.Systemd(_user.Machine, "/data", ["/bin/agentobs"]).Text;
        Assert.Equal(
            ServiceUnit.Secrets.Select(secret => secret.Variable).Order(StringComparer.Ordinal),
            settings.Select(setting => setting.Variable).Where(name => !unit.Contains($"\"{name}=/mine\"", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_path_from_the_shells_folder_is_whole_in_the_unit()
    {
        _user.Environment[Setting.ForwardCertificate.Variable] = "ca.pem";
        Assert.Contains($"\"AGENTOBS_FORWARD_CERTIFICATE={Path.GetFullPath("ca.pem")}\"", ServiceUnit.Systemd(_user.Machine, "/data", ["/bin/agentobs"]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_launchd_agent_is_a_property_list()
    {
        var unit = ServiceUnit.Launchd(_user.Machine, "/Users/a & b", ["/bin/agentobs"], 501);
        var list = XDocument.Parse(unit.Text).Root!.Element("dict")!.Elements().ToList();
        Assert.Equal(["/bin/agentobs", "serve"], list[list.FindIndex(key => key.Value == "ProgramArguments") + 1].Elements().Select(word => word.Value));
        Assert.Contains("/Users/a & b", list[list.FindIndex(key => key.Value == "EnvironmentVariables") + 1].Elements().Select(value => value.Value));
        Assert.Equal(["launchctl", "bootstrap", "gui/501", unit.Path], unit.Start[0]);
    }

    [Theory]
    [InlineData("running")]
    [InlineData("offline")]
    public async Task The_unit_comes_and_goes(string manager)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux's");
        _user.Environment["PATH"] = _user.Bin;
        _user.Program("systemctl", $"echo \"$*\" >> {_user.Home}/called\n[ \"$2\" = is-system-running ] && echo {manager}\nexit 0");
        var dry = await SetupAsync(Yes with { DryRun = true });
        Assert.Equal((0, false), (dry.ExitCode, File.Exists(UnitFile)));

        var done = await SetupAsync(Yes);
        Assert.Equal((0, true), (done.ExitCode, File.Exists(UnitFile)));
        Assert.Contains("nothing to do", (await SetupAsync(Yes)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await SetupAsync(Yes with { Undo = true })).ExitCode);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(UnitFile)!));
        Assert.Contains("nothing to undo", (await SetupAsync(Yes with { Undo = true })).Output, StringComparison.Ordinal);

        var called = await File.ReadAllLinesAsync(Path.Combine(_user.Home, "called"), TestContext.Current.CancellationToken);
        Assert.Equal(manager == "running", called.Contains("--user enable --now agentobs.service"));
        Assert.Equal(manager == "running", called.Contains("--user disable --now agentobs.service"));
        Assert.Equal(manager != "running", done.Output.Contains("    systemctl --user enable --now agentobs.service", StringComparison.Ordinal));
    }

    public void Dispose() => _user.Dispose();

    private async Task<CommandResult> SetupAsync(SetupOptions options)
    {
        using var output = new StringWriter();
        var person = new Conversation(AgentObs.Cli.Terminal.On(output), null);
        var exitCode = await new ServiceRun(options, _user.Machine, Path.Combine(_user.Home, "data", "agentobs"), person, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
        return new CommandResult(exitCode, output.ToString(), "");
    }
}
