using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AgentObs.ServiceDefaults;

/// <summary>How the guard says no: problem+json over HTTP, google.rpc.Status over OTLP/HTTP, a trailers-only answer over gRPC (whose clients do not read bodies of errors).</summary>
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

        if (context.Request.Path.StartsWithSegments("/v1"))
        {
            return WriteStatusAsync(context, grpcStatus, message);
        }

        var problem = new ProblemDetails { Status = status, Title = $"{header} not accepted", Detail = message };
        problem.Extensions["field"] = header;
        return context.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", context.RequestAborted);
    }

    /// <summary>OTLP/HTTP: google.rpc.Status {1: code, 2: message} in the request's encoding.</summary>
    private static Task WriteStatusAsync(HttpContext context, int code, string message)
    {
        if (context.Request.ContentType?.StartsWith("application/x-protobuf", StringComparison.OrdinalIgnoreCase) != true)
        {
            return context.Response.WriteAsJsonAsync(new Dictionary<string, object> { ["code"] = code, ["message"] = message }, context.RequestAborted);
        }

        var text = Encoding.UTF8.GetBytes(message);
        List<byte> body = [0x08, (byte)code, 0x12];
        for (var length = text.Length; ; length >>= 7)
        {
            if (length < 0x80)
            {
                body.Add((byte)length);
                break;
            }

            body.Add((byte)(length | 0x80));
        }

        context.Response.ContentType = "application/x-protobuf";
        return context.Response.Body.WriteAsync((byte[])[.. body, .. text], context.RequestAborted).AsTask();
    }
}
