using System.Diagnostics;
using OpenTelemetry;

namespace AgentObs.Sdk;

/// <summary>
/// A call through Microsoft.Extensions.AI to OpenAI's chat client makes two spans with the same tokens, one below the other. The outer one is kept: it
/// knows more, and stands for all providers alike.
/// </summary>
internal sealed class OneSpanPerCall : BaseProcessor<Activity>
{
    public override void OnStart(Activity data)
    {
        if (data.Parent?.Source.Name == ModelClients.ExtensionsAI && data.Source.Name.StartsWith(ModelClients.OpenAI, StringComparison.Ordinal))
        {
            data.IsAllDataRequested = false;
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
