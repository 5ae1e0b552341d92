using System.Text.Json.Nodes;
using AgentObs.Cli.Doctor;
using AgentObs.Cli.Running;
using AgentObs.Conventions;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary>A user whose home, programs and environment are a test's own; removed with it.</summary>
internal sealed class ScratchUser : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agentobs-doctor-");

    public ScratchUser()
    {
        Home = Folder("home");
        Bin = Folder("home/bin");
        WorkingFolder = Folder("home/project");
        // What the system brings, and nothing of the tests' own user: a login shell's PATH comes from the home's own profile.
        Environment = new Dictionary<string, string>
        {
            ["HOME"] = Home,
            ["PATH"] = $"{Bin}:/usr/bin:/bin",
            ["XDG_DATA_HOME"] = Folder("home/data"),
            ["SHELL"] = "/bin/bash",
            ["LANG"] = "C.UTF-8",
        };
        Write("home/.profile", $"PATH=\"{Bin}:$PATH\"\n");
    }

    public string Home { get; }

    public string Bin { get; }

    public string WorkingFolder { get; }

    public Dictionary<string, string> Environment { get; }

    public Machine Machine => new(Environment, Home, WorkingFolder);

    /// <summary>Claude and codex, set up as <c>config/</c> says.</summary>
    public ScratchUser WithRightSettings()
    {
        Program("claude", "echo '2.1.330 (Claude Code)'");
        Program("codex", "echo codex-cli 0.169.0");
        Write("home/.claude/settings.json", RepositoryFiles.Read("config/claude/settings.json"));
        Write("home/.codex/config.toml", RepositoryFiles.Read("config/codex/config.toml"));
        return this;
    }

    /// <summary>Sets a variable in the user's settings of Claude; null takes it away.</summary>
    public void Claude(string name, string? value)
    {
        var file = Path.Combine(Home, ".claude", "settings.json");
        var settings = JsonNode.Parse(File.ReadAllText(file))!;
        _ = settings["env"]!.AsObject().Remove(name);
        if (value is not null)
        {
            settings["env"]![name] = value;
        }

        File.WriteAllText(file, settings.ToJsonString(new() { WriteIndented = true }));
    }

    /// <summary>Sets a key of codex's table, as TOML; null takes its line away.</summary>
    public void Codex(string key, string? toml)
    {
        var file = Path.Combine(Home, ".codex", "config.toml");
        var lines = File.ReadAllLines(file).Where(line => !line.StartsWith(key + " ", StringComparison.Ordinal));
        File.WriteAllLines(file, toml is null ? lines : [.. lines, $"{key} = {toml}"]);
    }

    /// <summary>This user with an AgentObs at the default addresses that nobody asks.</summary>
    public Patient Patient(RunningAgentObs? running = null)
    {
        running ??= new RunningAgentObs(new Uri(Setting.WebUrl.Default), new Uri(Setting.OtlpGrpcUrl.Default), new Uri(Setting.OtlpHttpUrl.Default), "");
        return new Patient(Machine, Path.Combine(Home, "data", "agentobs"), null, running, new ApiClient(running), TimeProvider.System);
    }

    public string Folder(string path) => Directory.CreateDirectory(Path.Combine(_folder.FullName, path)).FullName;

    /// <returns>The file's path.</returns>
    public string Write(string path, string text)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>A program of the home's bin folder.</summary>
    public string Program(string name, string script, string folder = "home/bin")
    {
        var file = Write($"{folder}/{name}", "#!/bin/sh\n" + script + "\n");
        Mode(file, "700");
        return file;
    }

    /// <param name="octal"><c>755</c></param>
    public static void Mode(string path, string octal)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(octal, 8));
        }
    }

    /// <summary>Runs <c>agentobs doctor</c> as this user.</summary>
    /// <param name="serve">The AgentObs that runs; null: none does, and its ports are nobody's.</param>
    public Task<CommandResult> DoctorAsync(AgentObsProcess? serve, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(Environment);
        if (serve is not null)
        {
            environment[Setting.Data.Variable] = serve.DataFolder;
        }

        return AgentObsProgram.RunAsync(["doctor", .. arguments], environment, workingFolder: WorkingFolder);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
