using System.CommandLine;
using System.Globalization;
using AgentObs.Cli.Probing;
using AgentObs.Cli.Replaying;
using AgentObs.Cli.Running;
using AgentObs.Conventions;

namespace AgentObs.Cli.Commands;

/// <summary><c>agentobs check</c>: sends one span to the running AgentObs and reads it back.</summary>
internal sealed class CheckCommand : Verb
{
    // A collector between hands spans on in batches; the embedded one has committed before it acknowledges.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly SettingOptions _settings;

    public CheckCommand()
        : base(
            "check",
            "Sends one span to the running AgentObs and reads it back through the API; exit code 0 when it landed.",
            "agentobs check") =>
        _settings = new SettingOptions(this, Setting.WebUrl, Setting.OtlpHttpUrl, Setting.Data);

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var running = RunningAgentObs.Find(_settings.Configuration(parsed));
        using var api = new ApiClient(running);
        await api.RequireAsync(cancellation);

        var (traceId, spanId) = (ProbeSpan.NewTraceId(), ProbeSpan.NewSpanId());
        var started = clock.GetTimestamp();
        using (var otlp = new OtlpClient(running, clock))
        {
            var now = UnixNano.FromDateTimeOffset(clock.GetUtcNow());
            var span = new ProbeSpan(traceId, spanId, "", "agentobs check", now, now.Plus(1_000_000));
            var answer = await otlp.SendAsync(ProbeRequest.OverHttp("agentobs-check", "agentobs", span), cancellation);
            if (answer.Refused > 0)
            {
                throw CommandException.Failed($"{running.OtlpHttp} took the request but refused the span: {answer.Message}");
            }
        }

        while (!await HasLandedAsync(api, traceId, spanId, cancellation))
        {
            if (clock.GetElapsedTime(started) > Patience)
            {
                throw CommandException.Failed(
                    $"the span was accepted at {running.OtlpHttp}, but "
                    + $"{running.Web}api/traces/{traceId} does not have it after {Patience.TotalSeconds:0} s.");
            }

            await Task.Delay(Pause, clock, cancellation);
        }

        var milliseconds = clock.GetElapsedTime(started).TotalMilliseconds;
        var sent = $"One span was sent to {running.OtlpHttp}v1/traces and read back from {running.Web}api/traces/{traceId}";
        await parsed.InvocationConfiguration.Output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{sent} ({milliseconds:0} ms)."));
        return ExitCode.Ok;
    }

    private static async Task<bool> HasLandedAsync(ApiClient api, string traceId, string spanId, CancellationToken cancellation)
    {
        using var trace = await api.GetAsync($"/api/traces/{traceId}", cancellation);
        return trace is not null
            && trace.RootElement.TryGetProperty("spans", out var spans)
            && spans.EnumerateArray().Any(span => span.GetProperty("spanId").GetString() == spanId);
    }
}
