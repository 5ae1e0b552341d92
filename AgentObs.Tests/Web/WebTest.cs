using AgentObs.Web;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FluentUI.AspNetCore.Components;

namespace AgentObs.Tests.Web;

/// <summary>A component rendered alone, over an API that is made up.</summary>
public abstract class WebTest : BunitContext
{
    private protected FakeApi Api { get; } = new();

    protected WebTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddFluentUIComponents();
        Services.AddSingleton(Api.Client);
        Services.AddSingleton(FirstSteps.Default);
    }
}
