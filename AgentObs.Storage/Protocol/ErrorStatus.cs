using System.Net;

namespace AgentObs.Storage.Protocol;

/// <summary>The HTTP status that ClickHouse's own server gives for its error numbers.</summary>
internal static class ErrorStatus
{
    internal static HttpStatusCode Of(int code) => code switch
    {
        192 or 193 or 194 or 516 => HttpStatusCode.Unauthorized,
        497 => HttpStatusCode.Forbidden,
        46 or 47 or 50 or 56 or 60 or 81 or 115 or 1069 => HttpStatusCode.NotFound,
        6 or 25 or 26 or 27 or 36 or 38 or 41 or 42 or 43 or 53 or 62 or 69 or 70 or 72 or 117 or 130 or 441 or 457
            => HttpStatusCode.BadRequest,
        223 => HttpStatusCode.RequestEntityTooLarge,
        48 => HttpStatusCode.NotImplemented,
        159 => HttpStatusCode.RequestTimeout,
        202 => HttpStatusCode.ServiceUnavailable,
        243 => HttpStatusCode.InsufficientStorage,
        _ => HttpStatusCode.InternalServerError,
    };
}
