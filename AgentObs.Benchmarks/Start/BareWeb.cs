using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AgentObs.Benchmarks.Start;

/// <summary>The yardstick: what an ASP.NET Core program costs that does nothing.</summary>
internal static class BareWeb
{
    internal const string Verb = "bare-web";

    internal static async Task RunAsync(string address)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls(address);
        var app = builder.Build();
        app.MapGet("/", () => Results.Text("<!doctype html><title>bare</title>", "text/html"));
        app.MapGet("/api/sessions", () => Results.Json(Array.Empty<string>()));
        await app.RunAsync();
    }
}
