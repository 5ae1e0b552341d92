namespace AgentObs.Cli.Replaying;

/// <summary>The server did not take a request.</summary>
/// <param name="isRetryable">It may take the same request later (overloaded, not ready).</param>
/// <param name="isAbsent">Nothing listens at the address.</param>
internal sealed class OtlpRefusedException(string message, bool isRetryable, bool isAbsent, Exception? inner = null)
    : Exception(message, inner)
{
    public bool IsRetryable { get; } = isRetryable;

    public bool IsAbsent { get; } = isAbsent;
}
