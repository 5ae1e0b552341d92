using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>Turns what a reader throws into problem+json.</summary>
internal sealed class ProblemFilter(ILogger<ProblemFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (BadParameterException error)
        {
            return Problems.BadParameter(error);
        }
        catch (StorageException error) when (!context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            Log.RequestFailed(logger, context.HttpContext.Request.Path.Value ?? "", error);
            return Problems.Storage(error);
        }
        catch (Exception error) when (error is not OperationCanceledException && !context.HttpContext.Response.HasStarted)
        {
            Log.RequestFailed(logger, context.HttpContext.Request.Path.Value ?? "", error);
            return Problems.Unexpected();
        }
    }
}
