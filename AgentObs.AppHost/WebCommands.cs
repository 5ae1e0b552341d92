using System.Diagnostics;

namespace AgentObs.AppHost;

/// <summary>The page's buttons in the dashboard: verbs of <c>agentobs</c> against what runs here.</summary>
internal static class WebCommands
{
    internal static IResourceBuilder<ProjectResource> WithDemoCommand(this IResourceBuilder<ProjectResource> web, IResourceBuilder<ContainerResource> collector) =>
        web.WithCommand(
            "load-demo",
            "Load the demo session",
            context => RunAsync(web, collector, ["demo", "--no-open"], context.CancellationToken),
            new CommandOptions { Description = "Replays a recorded session; agentobs demo --clear removes it", IconName = "Play" });

    /// <summary>With problems the command is shown as failed, and its text is the report either way.</summary>
    internal static IResourceBuilder<ProjectResource> WithDoctorCommand(this IResourceBuilder<ProjectResource> web, IResourceBuilder<ContainerResource> collector) =>
        web.WithCommand(
            "doctor",
            "Doctor",
            context => RunAsync(web, collector, ["doctor", "--live"], context.CancellationToken),
            new CommandOptions { Description = "Says why nothing arrives or nests, and what mends it; sends a session through and removes it", IconName = "Stethoscope" });

    private static async Task<ExecuteCommandResult> RunAsync(
        IResourceBuilder<ProjectResource> web, IResourceBuilder<ContainerResource> collector, string[] verb, CancellationToken cancellation)
    {
        var cli = Path.Combine(web.ApplicationBuilder.AppHostDirectory, "..", "AgentObs.Cli");
        var start = new ProcessStartInfo("dotnet", ["run", "--project", cli, "--", .. verb])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AGENTOBS_WEB_URL"] = web.GetEndpoint("http").Url;
        start.Environment["AGENTOBS_OTLP_GRPC_URL"] = collector.GetEndpoint("grpc").Url;
        start.Environment["AGENTOBS_OTLP_HTTP_URL"] = collector.GetEndpoint("otlp-http").Url;
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return Said(process.ExitCode, $"{await output}{(process.ExitCode == 0 ? "" : await error)}");
        }
        finally
        {
            // Cancelled in the dashboard: `dotnet run` would go on with its build and the verb.
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static ExecuteCommandResult Said(int exitCode, string text)
    {
        var said = new CommandResultData { Value = text, Format = CommandResultFormat.Text, DisplayImmediately = true };

        // The toast has the last line, doctor's summary; the dialog all of it.
        var last = text.TrimEnd().Split('\n')[^1];
        return exitCode == 0 ? CommandResults.Success(last, said) : CommandResults.Failure(last, said);
    }
}
