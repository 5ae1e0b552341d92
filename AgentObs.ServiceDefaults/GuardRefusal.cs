using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AgentObs.ServiceDefaults;

/// <summary>How the guard says no: problem+json over HTTP, a trailers-only answer over gRPC (whose clients do not read bodies of errors).</summary>
internal static class GuardRefusal
{
    internal const int GrpcInvalidArgument = 3;
    internal const int GrpcPermissionDenied = 7;
    internal const int GrpcUnauthenticated = 16;

    internal static Task WriteAsync(HttpContext context, int status, int grpcStatus, string header, string message)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true)
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = grpcStatus.ToString(CultureInfo.InvariantCulture);
            context.Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
            return Task.CompletedTask;
        }

        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"AgentObs\"";
        }

        var problem = new ProblemDetails { Status = status, Title = $"{header} not accepted", Detail = message };
        problem.Extensions["field"] = header;
        return context.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", context.RequestAborted);
    }
}
