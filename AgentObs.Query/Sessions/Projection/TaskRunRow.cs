namespace AgentObs.Query;

/// <summary>An element of agentobs_session.TaskRuns as it is written: names and order are those of its tuple.</summary>
internal sealed record TaskRunRow(
    string TaskId,
    string Title,
    string Url,
    string NodeId,
    string Agent,
    string Grade,
    string Evidence,
    long TokInput,
    long TokCacheRead,
    long TokCacheWrite,
    long TokOutput,
    long TokReasoning,
    int Errors,
    long StartNano,
    long DurationNano)
{
    public static TaskRunRow Of(TaskRun run) => new(
        run.TaskId,
        run.Title,
        run.Url,
        run.NodeId,
        run.Agent,
        run.Grade,
        run.Evidence,
        run.Tokens.Input,
        run.Tokens.CacheRead,
        run.Tokens.CacheWrite,
        run.Tokens.Output,
        run.Tokens.Reasoning,
        run.Errors,
        run.Start.Value,
        run.DurationNano);
}
