using AgentObs.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AgentObs.Query;

/// <summary>Errors as application/problem+json (RFC 9457).</summary>
internal static class Problems
{
    /// <summary>400; <c>field</c> names the parameter.</summary>
    public static ProblemHttpResult BadParameter(BadParameterException error) => TypedResults.Problem(
        error.Message, statusCode: StatusCodes.Status400BadRequest, title: "Bad parameter", extensions: [new("field", error.Field)]);

    public static ProblemHttpResult NotFound(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "Not found");

    /// <summary>404 for the id of a run that is nested in a session; <c>sessionId</c> names the session.</summary>
    public static ProblemHttpResult NestedRun(string runId, string sessionId) => TypedResults.Problem(
        $"{runId} is a run inside session {sessionId}: ask for /api/sessions/{Uri.EscapeDataString(sessionId)}",
        statusCode: StatusCodes.Status404NotFound,
        title: "Not a session of its own",
        extensions: [new("sessionId", sessionId)]);

    /// <summary>503 where the same request may work later, else 500.</summary>
    public static ProblemHttpResult Storage(StorageException error) => TypedResults.Problem(
        error.Message,
        statusCode: error.IsRetryable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
        title: "Storage did not answer");

    /// <summary>500; what happened is in the log, not in the answer.</summary>
    public static ProblemHttpResult Unexpected() =>
        TypedResults.Problem("The log of AgentObs says more", statusCode: StatusCodes.Status500InternalServerError, title: "Unexpected error");
}
