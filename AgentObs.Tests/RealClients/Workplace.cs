using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using AgentObs.Tests.Cli;

namespace AgentObs.Tests.RealClients;

/// <summary>
/// A person's account on a machine, made for one run: a home with the settings of both clients, a git project, and an environment in which nothing of
/// the tests' own stands. The models that the clients are told to ask are the fake ones.
/// </summary>
internal sealed class Workplace : IAsyncDisposable
{
    /// <summary>A person's settings.json: nobody is there to allow commands.</summary>
    private const string OwnClaudeSettings = """{ "permissions": { "allow": ["Bash"] } }""";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("agentobs-real-");
    private FileStream? holding;

    private Workplace()
    {
    }

    public string Home => Directory.CreateDirectory(Path.Combine(folder.FullName, "home")).FullName;

    public string ClaudeSettings => Path.Combine(Directory.CreateDirectory(Path.Combine(Home, ".claude")).FullName, "settings.json");

    public string CodexSettings => Path.Combine(Directory.CreateDirectory(Path.Combine(Home, ".codex")).FullName, "config.toml");

    /// <summary>A git repository on branch <c>checkout</c>.</summary>
    public string Project => Directory.CreateDirectory(Path.Combine(folder.FullName, "shop")).FullName;

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The logs of the runs that the scripts redirect, for a failure's message.</summary>
    public string Logs => string.Join('\n', Directory.GetFiles(Project, "*.log").Order(StringComparer.Ordinal)
        .Select(file => $"--- {Path.GetFileName(file)}\n{File.ReadAllText(file)}"));

    private string Pipe => Path.Combine(folder.FullName, "holding");

    public static async Task<Workplace> SetUpAsync(FakeModels models)
    {
        var place = new Workplace();
        place.FillEnvironment(models);
        // A login shell (codex starts each command in one) begins with /etc/profile, which resets PATH for root: people set it here.
        await File.WriteAllTextAsync(Path.Combine(place.Home, ".profile"), $"export PATH=\"{RealClients.CommandFolder}:$PATH\"\n");
        await File.WriteAllTextAsync(place.CodexSettings, OwnCodexSettings(models));
        await File.WriteAllTextAsync(place.ClaudeSettings, OwnClaudeSettings);
        await place.RunAsync("git", "init", "-q", "-b", "checkout");
        await place.RunAsync("mkfifo", place.Pipe);
        // Open for reading, too: opening does not wait for the other side, and what is written waits in the pipe.
        place.holding = new FileStream(place.Pipe, FileMode.Open, FileAccess.ReadWrite);
        return place;
    }

    public async ValueTask DisposeAsync()
    {
        if (holding is not null)
        {
            await holding.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    /// <summary>Adds what README or <c>agentobs setup</c> would: the keys of this object.</summary>
    public async Task AddClaudeSettingsAsync(string json)
    {
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(ClaudeSettings))!.AsObject();
        foreach (var (key, value) in JsonNode.Parse(json)!.AsObject())
        {
            settings[key] = value?.DeepClone();
        }

        await File.WriteAllTextAsync(ClaudeSettings, settings.ToJsonString());
    }

    public Task AddCodexSettingsAsync(string toml) => File.AppendAllTextAsync(CodexSettings, toml);

    /// <summary>Lets the script go on that reads a line from <c>$HOLDING</c>.</summary>
    public async Task LetGoAsync()
    {
        await holding!.WriteAsync("holding\n"u8.ToArray());
        await holding.FlushAsync();
    }

    /// <summary>Runs a program of this place to its end.</summary>
    public async Task<CommandResult> RunAsync(string program, params string[] arguments)
    {
        var result = await BoundedProcess.RunAsync(program, arguments, Environment, Project);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {result.ExitCode}\n{result.Output}\n{result.Error}\n{Logs}");
        return result;
    }

    private void FillEnvironment(FakeModels models)
    {
        Environment["HOME"] = Home;
        Environment["USER"] = "root";
        Environment["SHELL"] = "/bin/bash";
        Environment["LANG"] = "C.UTF-8";
        Environment["PATH"] = $"{RealClients.CommandFolder}:{AgentObsProgram.Folder}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        Environment["DOTNET_ROOT"] = DotnetRoot();
        Environment["OPENAI_API_KEY"] = "sk-no-key";
        Environment["ANTHROPIC_API_KEY"] = "sk-ant-no-key";
        Environment["ANTHROPIC_BASE_URL"] = models.Anthropic;
        Environment["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1";
        Environment["HOLDING"] = Pipe;
    }

    /// <summary>A person's config.toml: another provider, commands without questions, nothing about telemetry.</summary>
    private static string OwnCodexSettings(FakeModels models) =>
        $$"""
        # settings of the real-client test
        model = "gpt-5.5"
        model_provider = "fake"
        approval_policy = "never"
        sandbox_mode = "danger-full-access"

        [model_providers.fake] # answers by script
        name = "fake"
        base_url = "{{models.OpenAI}}"
        wire_api = "responses"

        [analytics]
        enabled = false

        """;

    private static string DotnetRoot() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
