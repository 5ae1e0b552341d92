using System.Security.Cryptography;
using AgentObs.Cli.Running;
using AgentObs.Cli.Setup;
using AgentObs.Conventions;
using AgentObs.Tests.Cli.Doctor;

namespace AgentObs.Tests.Cli.Setup;

/// <summary>A user with a home of a test's own who calls setup.</summary>
internal sealed class SetupHome : IDisposable
{
    public ScratchUser User { get; } = new();

    public string ClaudeFile => Path.Combine(User.Home, ".claude", "settings.json");

    public string CodexFile => Path.Combine(User.Home, ".codex", "config.toml");

    public string DataFolder => Path.Combine(User.Home, "data", "agentobs");

    public string Token { get; set; } = "";

    public string Grpc { get; set; } = Setting.OtlpGrpcUrl.Default;

    /// <summary>Calls setup; answers are typed where there are some, else nobody is there.</summary>
    public CommandResult Setup(SetupOptions options, string? answers = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = answers is null ? null : new StringReader(answers);
        var running = new RunningAgentObs(new Uri(Setting.WebUrl.Default), new Uri(Grpc), new Uri(Setting.OtlpHttpUrl.Default), Token);
        var person = new Conversation(AgentObs.Cli.Terminal.On(output), input);
        var exitCode = new SetupRun(options, User.Machine, DataFolder, running, person, error, TimeProvider.System).Run();
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Every file of the home with its bytes' hash and mode.</summary>
    public IReadOnlyList<string> Files() =>
        [.. Directory.EnumerateFiles(User.Home, "*", SearchOption.AllDirectories).Where(file => !file.StartsWith(DataFolder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))} {(OperatingSystem.IsWindows() ? "" : File.GetUnixFileMode(file))}")];

    public void Dispose() => User.Dispose();
}
