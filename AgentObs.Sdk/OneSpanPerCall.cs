using System.Diagnostics;
using OpenTelemetry;

namespace AgentObs.Sdk;

/// <summary>
/// A call through Microsoft.Extensions.AI to OpenAI's chat client makes two spans with the same tokens, one below the other. The outer one is kept: it
/// knows more, and stands for all providers alike. Below a tool that a model called (<c>execute_tool</c>, of the same source) OpenAI's span is a call of its own.
/// </summary>
internal sealed class OneSpanPerCall : BaseProcessor<Activity>
{
    public override void OnStart(Activity data)
    {
        if (data.Parent is { } outer && outer.Source.Name == ModelClients.ExtensionsAI && outer.GetTagItem("gen_ai.operation.name") is "chat"
            && data.Source.Name.StartsWith(ModelClients.OpenAI, StringComparison.Ordinal))
        {
            data.IsAllDataRequested = false;
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
