using System.Diagnostics;

namespace AgentObs.AppHost;

/// <summary>The page's button in the dashboard: <c>agentobs demo</c> against what runs here.</summary>
internal static class DemoCommand
{
    internal static IResourceBuilder<ProjectResource> WithDemoCommand(this IResourceBuilder<ProjectResource> web, IResourceBuilder<ContainerResource> collector) =>
        web.WithCommand(
            "load-demo",
            "Load the demo session",
            context => RunAsync(web.ApplicationBuilder.AppHostDirectory, web.GetEndpoint("http").Url, collector.GetEndpoint("grpc").Url, collector.GetEndpoint("otlp-http").Url, context.CancellationToken),
            new CommandOptions { Description = "Replays a recorded session; agentobs demo --clear removes it", IconName = "Play" });

    private static async Task<ExecuteCommandResult> RunAsync(string folder, string page, string grpc, string http, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "--project", Path.Combine(folder, "..", "AgentObs.Cli"), "--", "demo", "--no-open"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AGENTOBS_WEB_URL"] = page;
        start.Environment["AGENTOBS_OTLP_GRPC_URL"] = grpc;
        start.Environment["AGENTOBS_OTLP_HTTP_URL"] = http;
        using var demo = Process.Start(start)!;
        var output = demo.StandardOutput.ReadToEndAsync(cancellation);
        var error = demo.StandardError.ReadToEndAsync(cancellation);
        await demo.WaitForExitAsync(cancellation);
        return demo.ExitCode == 0 ? CommandResults.Success(await output) : CommandResults.Failure($"{await output}{await error}");
    }
}
