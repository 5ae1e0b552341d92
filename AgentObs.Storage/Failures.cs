using AgentObs.Storage.Embedded;
using ClickHouse.Driver;

namespace AgentObs.Storage;

/// <summary>Makes one kind of failure of what engine, driver and network throw.</summary>
internal static class Failures
{
    /// <param name="what">The statement's name.</param>
    /// <param name="thrown">What was thrown.</param>
    /// <returns>Null where it is no failure of storage.</returns>
    internal static StorageException? Translate(string what, Exception thrown)
    {
        for (var e = thrown; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case StorageException known:
                    return known;
                case EngineException engine:
                    return Make(what, engine.Message, engine.Code, thrown);
                case ClickHouseServerException server:
                    return Make(what, server.Message, server.ErrorCode, thrown);
            }
        }

        return thrown is HttpRequestException or IOException or OperationCanceledException
            ? new StorageException($"{what}: ClickHouse does not answer: {thrown.Message}", thrown, code: 0, isRetryable: true)
            : null;
    }

    private static StorageException Make(string what, string message, int code, Exception cause) =>
        new($"{what}: {message.Trim()}", cause, code, StorageException.IsRetryableCode(code));
}
