using System.Net;
using System.Net.Http.Headers;
using AgentObs.Conventions;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.FluentUI.AspNetCore.Components;

namespace AgentObs.Web;

/// <summary>
/// The site in a host. The host's builder must be made with <c>ContentRootPath = AppContext.BaseDirectory</c> (files are found from whatever
/// folder it is started in) and call <see cref="UseAgentObsWebFiles"/>.
/// </summary>
public static class WebHosting
{
    /// <summary>Lets the files be served from a build's output in every environment; in a publish they lie in wwwroot anyway.</summary>
    public static IWebHostBuilder UseAgentObsWebFiles(this IWebHostBuilder host) => host.UseStaticWebAssets();

    /// <param name="services">The host's services.</param>
    /// <param name="apiBase">Where <c>/api</c> answers. Asked for with the first page, when the host knows its own port.</param>
    /// <param name="firstSteps">What the empty page says; null: that of the default ports.</param>
    public static IServiceCollection AddAgentObsWeb(
        this IServiceCollection services, Func<IServiceProvider, Uri> apiBase, Func<IServiceProvider, FirstSteps>? firstSteps = null)
    {
        services.AddTransient(provider => firstSteps?.Invoke(provider) ?? FirstSteps.Default);
        services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            // A closed tab's circuit keeps its timers: the state is in the address, so it need not wait for long.
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(45);
        });
        services.AddFluentUIComponents(options =>
            // Titles of dialogs and toasts are raw HTML in 5.0.1, and `List<int>` in one ends the circuit. Nothing of ours needs markup there.
            options.MarkupSanitized.DefaultSanitizeHtml = WebUtility.HtmlEncode);
        services.AddHttpClient<QueryClient>((provider, http) =>
            {
                http.BaseAddress = apiBase(provider);
                var configuration = provider.GetRequiredService<IConfiguration>();
                var token = Setting.Token.Read(key => configuration[key]);
                if (token.Length > 0)
                {
                    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
                }
            })
            .RemoveAllLoggers();
        services.AddSingleton<CircuitHandler, CircuitLog>();
        PageKeys.KeepInMemory(services);
        return services;
    }

    /// <summary>Maps the pages and their files. Call it after the guard.</summary>
    public static WebApplication MapAgentObsWeb(this WebApplication app)
    {
        app.UseMiddleware<PageHeaders>();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<Components.App>()
            // PageHeaders says who may frame a page, with the rest of the policy.
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
