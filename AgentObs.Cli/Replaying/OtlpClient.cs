using AgentObs.Cli.Running;

namespace AgentObs.Cli.Replaying;

/// <summary>Sends OTLP bodies as they are, over the protocol they were recorded with, and waits until they are committed.</summary>
internal sealed class OtlpClient(RunningAgentObs running, TimeProvider clock) : IDisposable
{
    private const int MaxAttempts = 6;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);

    private readonly OtlpHttpTransport _http = new(running.OtlpHttp, running.Token);
    private readonly OtlpGrpcTransport _grpc = new(running.OtlpGrpc, running.Token);

    /// <exception cref="CommandException">It was refused; names the file, what the server said, and the next command.</exception>
    public async Task<OtlpAnswer> SendAsync(RecordedRequest request, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return request.IsGrpc ? await _grpc.SendAsync(request, cancellation) : await _http.SendAsync(request, cancellation);
            }
            catch (OtlpRefusedException refused) when (refused.IsRetryable && attempt < MaxAttempts)
            {
                await Task.Delay(FirstDelay * (1 << (attempt - 1)), clock, cancellation);
            }
            catch (OtlpRefusedException refused) when (refused.IsAbsent)
            {
                throw CommandException.Failed(
                    $"nothing takes OTLP at {(request.IsGrpc ? running.OtlpGrpc : running.OtlpHttp)}: {refused.Message}",
                    $"{Invocation.Of("serve")}   (in another terminal; then this command again)");
            }
            catch (OtlpRefusedException refused)
            {
                throw CommandException.Failed($"{request.File} was refused: {refused.Message}");
            }
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _grpc.Dispose();
    }
}
