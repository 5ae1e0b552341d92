using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AgentObs.Storage.Front;

/// <summary>Composes the front into a host that has AddAgentObsStorage with the embedded engine.</summary>
public static class FrontHosting
{
    /// <summary>Answers every request of the front's port; all others go on.</summary>
    /// <param name="app">The host.</param>
    /// <param name="options">The front's.</param>
    /// <param name="isFront">Whether a request came in at the front's port.</param>
    public static void UseAgentObsClickHouse(this IApplicationBuilder app, FrontOptions options, Func<HttpContext, bool> isFront) =>
        app.MapWhen(isFront, branch => branch.Run(new ClickHouseFront(branch.ApplicationServices.GetRequiredService<ClickHouseStore>(), options).HandleAsync));
}
