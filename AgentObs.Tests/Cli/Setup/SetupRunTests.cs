using AgentObs.Cli;
using AgentObs.Cli.Clients;
using AgentObs.Cli.Setup;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Cli.Setup;

/// <summary>Whole calls of setup in a home of their own.</summary>
public sealed class SetupRunTests : IDisposable
{
    private const string Claude = "{\r\n  // mine\r\n  \"model\": \"opus\",\r\n  \"env\": { \"ANTHROPIC_API_KEY\": \"sk-very-secret\" },\r\n}\r\n";
    private const string Codex = "model = \"m\" # c\n[otel]\nenvironment = \"dev\"\nexporter = \"none\"\n\n[a]\nx = 1";

    private static readonly SetupOptions Plain = new(null, DryRun: false, Undo: false, Prompts: null, Yes: false, Replace: false);
    private static readonly SetupOptions Yes = Plain with { Yes = true };
    private static readonly SetupOptions Undo = Yes with { Undo = true };

    private readonly SetupHome _home = new();

    [Fact]
    public void Empty_homes_get_the_samples_of_the_repository()
    {
        Written("", "");
        File.Delete(_home.ClaudeFile);
        File.Delete(_home.CodexFile);
        var before = _home.Files();

        Assert.Equal(0, _home.Setup(Yes with { Prompts = true }).ExitCode);
        Assert.Equal(JsonSettings.Read(System.Text.Encoding.UTF8.GetBytes(RepositoryFiles.Read("config/claude/settings.json"))), JsonSettings.Read(File.ReadAllBytes(_home.ClaudeFile)).Order(ByLine));
        Assert.Equal(Pairs(RepositoryFiles.Read("config/codex/config.toml")), Pairs(File.ReadAllText(_home.CodexFile)));
        Assert.Equal(0, _home.Setup(Undo).ExitCode);
        Assert.Equal(before, _home.Files());
    }

    [Fact]
    public void A_second_call_has_nothing_to_do_and_undo_gives_every_byte_back()
    {
        Written(Claude, Codex);
        var before = _home.Files();

        Assert.Equal(0, _home.Setup(Yes).ExitCode);
        var after = _home.Files();
        var again = _home.Setup(Yes);
        Assert.Equal((0, 2), (again.ExitCode, again.Output.Split("nothing to do").Length - 1));
        Assert.Equal(after, _home.Files());

        // What was chosen once stays chosen, and a change of mind does not lose the way back.
        Assert.Equal(0, _home.Setup(Yes with { Prompts = true }).ExitCode);
        Assert.Contains("nothing to do", _home.Setup(Yes).Output, StringComparison.Ordinal);
        Assert.Contains("OTEL_LOG_USER_PROMPTS", File.ReadAllText(_home.ClaudeFile), StringComparison.Ordinal);

        Assert.Equal(0, _home.Setup(Undo).ExitCode);
        Assert.Equal(before, _home.Files());
        Assert.Equal(1, Assert.Throws<CommandException>(() => _home.Setup(Undo)).ExitCode);
    }

    [Fact]
    public void Comments_other_keys_and_the_label_stay()
    {
        Written(Claude, Codex);
        _ = _home.Setup(Yes);
        var (claude, codex) = (File.ReadAllText(_home.ClaudeFile), File.ReadAllText(_home.CodexFile));
        Assert.StartsWith("{\r\n  // mine\r\n  \"model\": \"opus\",\r\n  \"env\": { \"ANTHROPIC_API_KEY\": \"sk-very-secret\",\r\n", claude, StringComparison.Ordinal);
        Assert.StartsWith("model = \"m\" # c\n[otel]\nenvironment = \"dev\"\nexporter = { otlp-grpc", codex, StringComparison.Ordinal);
        Assert.EndsWith("\n\n[a]\nx = 1", codex, StringComparison.Ordinal);
    }

    [Fact]
    public void Edits_since_survive_undo()
    {
        Written(Claude, Codex);
        _ = _home.Setup(Yes);
        Edit(_home.ClaudeFile, "\"opus\"", "\"sonnet\"");
        Edit(_home.ClaudeFile, "\"OTEL_LOGS_EXPORT_INTERVAL\": \"1000\"", "\"OTEL_LOGS_EXPORT_INTERVAL\": \"7\"");
        Edit(_home.CodexFile, "x = 1", "x = 2");

        var undone = _home.Setup(Undo);
        Assert.Equal(0, undone.ExitCode);
        Assert.Contains("left as they are: OTEL_LOGS_EXPORT_INTERVAL", undone.Output, StringComparison.Ordinal);
        Assert.Equal(
            "{\r\n  // mine\r\n  \"model\": \"sonnet\",\r\n  \"env\": { \"ANTHROPIC_API_KEY\": \"sk-very-secret\",\r\n    \"OTEL_LOGS_EXPORT_INTERVAL\": \"7\"\r\n  },\r\n}\r\n",
            File.ReadAllText(_home.ClaudeFile));
        Assert.Equal(Codex.Replace("x = 1", "x = 2", StringComparison.Ordinal), File.ReadAllText(_home.CodexFile));
    }

    [Fact]
    public void Edits_between_two_calls_survive_undo_too()
    {
        Written(Claude, Codex);
        _ = _home.Setup(Yes);
        Edit(_home.ClaudeFile, "\"opus\"", "\"sonnet\"");
        Assert.Contains("Before: ", _home.Setup(Yes with { Prompts = true }).Output, StringComparison.Ordinal);
        _ = _home.Setup(Undo);
        Assert.Equal(["model", "env.ANTHROPIC_API_KEY"], JsonSettings.Read(File.ReadAllBytes(_home.ClaudeFile)).Select(line => line.Name));
        Assert.Contains("sonnet", File.ReadAllText(_home.ClaudeFile), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_and_a_call_that_nobody_answers_write_nothing_and_show_no_secret()
    {
        Written(Claude, Codex);
        var before = _home.Files();
        var dry = _home.Setup(Plain with { DryRun = true });
        Assert.Equal(0, dry.ExitCode);
        Assert.False(Directory.Exists(_home.DataFolder));
        var unanswered = _home.Setup(Plain);
        Assert.Equal(1, unanswered.ExitCode);
        Assert.Contains("setup --yes", unanswered.Output, StringComparison.Ordinal);
        Assert.Equal(1, _home.Setup(Plain, "n\nn\nn\nn\n").ExitCode);
        Assert.Equal(before, _home.Files());
        Assert.Contains("+     \"OTEL_TRACES_EXPORTER\": \"otlp\",", dry.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", dry.Output + unanswered.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\ny\ny\ny\n", true, true)]
    [InlineData("\n\n\n\n", false, true)]
    [InlineData("n\nn\ny\ny\n", false, false)]
    public void Content_is_asked_for_once(string answers, bool prompts, bool details)
    {
        Written(Claude, Codex);
        Assert.Equal(0, _home.Setup(Plain, answers).ExitCode);
        var claude = File.ReadAllText(_home.ClaudeFile);
        Assert.Equal((prompts, details), (claude.Contains("OTEL_LOG_USER_PROMPTS", StringComparison.Ordinal), claude.Contains("OTEL_LOG_TOOL_DETAILS", StringComparison.Ordinal)));
        Assert.Contains($"log_user_prompt = {(prompts ? "true" : "false")}", File.ReadAllText(_home.CodexFile), StringComparison.Ordinal);
    }

    [Fact]
    public void Prompts_off_takes_all_content_of_Claude_away()
    {
        Written("{ \"env\": { \"OTEL_LOG_USER_PROMPTS\": \"1\", \"OTEL_LOG_TOOL_CONTENT\": \"1\" } }", "");
        _ = _home.Setup(Yes with { Prompts = false });
        Assert.DoesNotContain("OTEL_LOG_USER_PROMPTS", File.ReadAllText(_home.ClaudeFile), StringComparison.Ordinal);
        Assert.DoesNotContain("OTEL_LOG_TOOL", File.ReadAllText(_home.ClaudeFile), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_of_the_users_stays_until_it_is_taken_over()
    {
        Written(
            "{\n  \"env\": {\n    \"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT\": \"https://otel.example/v1/traces\",\n    \"OTEL_EXPORTER_OTLP_HEADERS\": \"x-key=abc\"\n  }\n}\n",
            "[otel.exporter.otlp-http]\nendpoint = \"https://otel.example/v1/logs\"\nprotocol = \"binary\"\n");
        var before = _home.Files();
        var kept = _home.Setup(Yes);
        Assert.Equal(1, kept.ExitCode);
        Assert.Equal(before, _home.Files());
        Assert.Contains("https://otel.example/v1/traces   (~/.claude/settings.json:3, env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)", kept.Output, StringComparison.Ordinal);
        Assert.Contains("AGENTOBS_FORWARD_URL=https://otel.example ", kept.Output, StringComparison.Ordinal);

        var taken = _home.Setup(Yes with { Replace = true });
        Assert.Equal(0, taken.ExitCode);
        Assert.Contains("AGENTOBS_FORWARD_URL=https://otel.example AGENTOBS_FORWARD_HEADERS=", taken.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("otel.example", File.ReadAllText(_home.ClaudeFile) + File.ReadAllText(_home.CodexFile), StringComparison.Ordinal);
        Assert.DoesNotContain("x-key", taken.Output + File.ReadAllText(_home.ClaudeFile), StringComparison.Ordinal);
        Assert.Equal(0, _home.Setup(Undo).ExitCode);
        Assert.Equal(before, _home.Files());
    }

    [Fact]
    public void The_CA_of_an_address_that_is_taken_over_goes_with_it()
    {
        Written(
            "{ \"env\": { \"OTEL_EXPORTER_OTLP_ENDPOINT\": \"https://otel.example:4317\", \"OTEL_EXPORTER_OTLP_CERTIFICATE\": \"/etc/our ca.pem\", \"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE\": \"/etc/me.pem\" } }",
            "[otel.exporter.otlp-http]\nendpoint = \"https://otel.example/v1/logs\"\nprotocol = \"binary\"\ntls = { ca-certificate = \"/etc/codex.pem\" }\n");
        var kept = _home.Setup(Yes).Output;
        Assert.Contains(" AGENTOBS_FORWARD_CERTIFICATE='/etc/our ca.pem'", kept, StringComparison.Ordinal);
        Assert.Contains("AGENTOBS_FORWARD_URL=https://otel.example AGENTOBS_FORWARD_CERTIFICATE='/etc/codex.pem'", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_setup_wrote_follows_AgentObs()
    {
        Written(Claude, Codex);
        var before = _home.Files();
        _ = _home.Setup(Yes);
        _home.Grpc = "http://127.0.0.1:14317";
        Assert.Equal(0, _home.Setup(Yes).ExitCode);
        Assert.Contains("http://127.0.0.1:14317", File.ReadAllText(_home.ClaudeFile), StringComparison.Ordinal);
        Assert.DoesNotContain(":4317", File.ReadAllText(_home.CodexFile), StringComparison.Ordinal);
        _ = _home.Setup(Undo);
        Assert.Equal(before, _home.Files());
    }

    [Fact]
    public void A_token_goes_along_and_is_not_shown()
    {
        Written(Claude, Codex);
        _home.Token = "to\"k/en";
        var done = _home.Setup(Yes);
        Assert.DoesNotContain("k/en", done.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("k%2Fen", done.Output, StringComparison.Ordinal);
        Assert.Contains(JsonSettings.Read(File.ReadAllBytes(_home.ClaudeFile)), line => line is { Name: "env.OTEL_EXPORTER_OTLP_HEADERS", Value: "Authorization=Bearer to%22k%2Fen" });
        Assert.Contains(TomlSettings.Read(File.ReadAllText(_home.CodexFile)), line => line is { Name: "otel.trace_exporter.otlp-grpc.headers.authorization", Value: "Bearer to\"k/en" });
        Assert.Contains("nothing to do", _home.Setup(Yes).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_and_modes_stay()
    {
        Written(Claude, Codex);
        var dotfile = _home.User.Write("home/dotfiles/claude.json", Claude);
        File.Delete(_home.ClaudeFile);
        File.CreateSymbolicLink(_home.ClaudeFile, dotfile);
        Doctor.ScratchUser.Mode(dotfile, "640");
        _ = _home.Setup(Yes);
        Assert.Equal(dotfile, new FileInfo(_home.ClaudeFile).LinkTarget);
        Assert.Contains("OTEL_TRACES_EXPORTER", File.ReadAllText(dotfile), StringComparison.Ordinal);
        Assert.Contains(_home.Files(), line => line.StartsWith(dotfile, StringComparison.Ordinal) && line.EndsWith(" GroupRead, UserWrite, UserRead", StringComparison.Ordinal));
        _ = _home.Setup(Undo);
        Assert.Equal(Claude, File.ReadAllText(dotfile));
    }

    [Fact]
    public void A_broken_file_is_named_with_its_line_and_the_other_client_is_set_up()
    {
        Written("{\n  \"env\": {\n", Codex);
        var result = _home.Setup(Yes);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("~/.claude/settings.json: line 3", result.Error, StringComparison.Ordinal);
        Assert.Contains("+3 ~/.claude/settings.json", result.Error, StringComparison.Ordinal);
        Assert.Equal("{\n  \"env\": {\n", File.ReadAllText(_home.ClaudeFile));
        Assert.Contains("trace_exporter", File.ReadAllText(_home.CodexFile), StringComparison.Ordinal);
    }

    [Fact]
    public void A_home_that_was_put_back_is_backed_up_again()
    {
        Written(Claude, Codex);
        _ = _home.Setup(Yes);
        Directory.Delete(Path.GetDirectoryName(_home.ClaudeFile)!, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(_home.ClaudeFile)!);
        File.WriteAllText(_home.ClaudeFile, "{ \"model\": \"haiku\" }");

        Assert.Contains("Before: ~/.claude/settings.json.", _home.Setup(Yes).Output, StringComparison.Ordinal);
        var backup = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_home.ClaudeFile)!, "*.agentobs-backup"));
        Assert.Equal("{ \"model\": \"haiku\" }", File.ReadAllText(backup));

        Assert.Contains(Path.GetFileName(backup), _home.Setup(Undo).Output, StringComparison.Ordinal);
        Assert.Equal(["model"], JsonSettings.Read(File.ReadAllBytes(_home.ClaudeFile)).Select(line => line.Name));
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_said()
    {
        Directory.CreateDirectory(_home.ClaudeFile);
        Assert.Contains("~/.claude/settings.json is a folder", _home.Setup(Yes with { Client = "claude" }).Error, StringComparison.Ordinal);
    }

    /// <summary>Its writer may never come, and no signal ends the call that waits for one.</summary>
    [Fact]
    public async Task A_pipe_in_place_of_the_file_is_said()
    {
        Written(Claude, Codex);
        File.Delete(_home.ClaudeFile);
        File.Delete(_home.CodexFile);
        using var made = System.Diagnostics.Process.Start("mkfifo", [_home.ClaudeFile, _home.CodexFile]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);

        var result = await Task.Run(() => _home.Setup(Yes)).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("~/.claude/settings.json cannot be read: it is a pipe", result.Error, StringComparison.Ordinal);
        Assert.Contains("~/.codex/config.toml cannot be read: it is a pipe", result.Error, StringComparison.Ordinal);
        Assert.Contains("it is a pipe", AgentObs.Cli.Doctor.CodexSettingFile.Read(_home.User.Machine).Fault, StringComparison.Ordinal);
        Assert.Contains("it is a pipe", AgentObs.Cli.Doctor.ClaudeSettingFiles.Read(_home.User.Machine).Fault, StringComparison.Ordinal);
    }

    /// <summary>
    /// A link to /dev/null switches a file off; written to by root, a file would take the place of the device. The test reads only: were it wrong, and
    /// setup called, the machine would have no /dev/null any more.
    /// </summary>
    [Fact]
    public void A_device_in_place_of_the_file_is_said()
    {
        var link = Path.Combine(_home.User.Home, "settings.json");
        File.CreateSymbolicLink(link, "/dev/null");
        Assert.Contains("cannot be read: it is the device /dev/null", Assert.Throws<CommandException>(() => new SettingsFile(link, "settings.json").Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_beyond_all_settings_is_said()
    {
        var file = _home.User.Write("home/settings.json", new string(' ', (16 * 1024 * 1024) + 1));
        Assert.Contains("it has more than 16 MB", Assert.Throws<CommandException>(() => new SettingsFile(file, "settings.json").Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_somebody_else_wrote_meanwhile_is_not_overwritten()
    {
        Written(Claude, Codex);
        var file = new SettingsFile(_home.ClaudeFile, "settings.json");
        var read = file.Read();
        File.WriteAllText(_home.ClaudeFile, "{}");
        Assert.Contains("changed by another program", Assert.Throws<CommandException>(() => file.Write(read, [1])).Message, StringComparison.Ordinal);
        Assert.Equal("{}", File.ReadAllText(_home.ClaudeFile));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_home.ClaudeFile)!));
    }

    [Fact]
    public void A_write_that_fails_leaves_everything_as_it_was()
    {
        Written(Claude, Codex);
        // What setup writes before it renames cannot be made.
        Directory.CreateDirectory(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_home.ClaudeFile}.agentobs-{Environment.ProcessId}.tmp"));
        var before = _home.Files();
        var failed = _home.Setup(Yes with { Client = "claude" });
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("~/.claude/settings.json cannot be written", failed.Error, StringComparison.Ordinal);
        Assert.Equal(before, _home.Files());
        Assert.False(File.Exists(Path.Combine(_home.DataFolder, "setup.json")));
    }

    [Fact]
    public void Two_setups_at_once_are_one_after_the_other()
    {
        Written(Claude, Codex);
        using (new SetupRecords(_home.DataFolder))
        {
            Assert.Contains("setup.lock", Assert.Throws<CommandException>(() => _home.Setup(Yes)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, _home.Setup(Yes).ExitCode);
    }

    [Fact]
    public void Clients_that_are_not_installed_are_skipped_unless_named()
    {
        Assert.Contains("neither claude nor codex", Assert.Throws<CommandException>(() => _home.Setup(Yes)).Message, StringComparison.Ordinal);
        _home.User.Program("codex", "true");
        var result = _home.Setup(Yes);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Claude Code: skipped, it is not installed", result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_home.ClaudeFile));
        Assert.Equal(0, _home.Setup(Yes with { Client = "claude" }).ExitCode);
        Assert.True(File.Exists(_home.ClaudeFile));
    }

    [Fact]
    public void Settings_of_the_project_that_stand_over_it_are_named()
    {
        Written(Claude, Codex);
        _home.User.Write("home/project/.claude/settings.json", "{ \"env\": {\n \"OTEL_TRACES_EXPORTER\": \"none\" } }");
        Assert.Contains("OTEL_TRACES_EXPORTER=none (~/project/.claude/settings.json:2", _home.Setup(Yes).Output, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();

    private static Comparer<SettingLine> ByLine => Comparer<SettingLine>.Create((left, right) => left.Line.CompareTo(right.Line));

    private static IEnumerable<(string, string)> Pairs(string toml) => TomlSettings.Read(toml).Select(line => (line.Name, line.Value));

    private static void Edit(string file, string from, string to) => File.WriteAllText(file, File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));

    private void Written(string claude, string codex)
    {
        _home.User.Write("home/.claude/settings.json", claude);
        _home.User.Write("home/.codex/config.toml", codex);
    }
}
