namespace AgentObs.Query;

/// <summary>What a span is in the tree. The words in <c>SpanRules.json</c> are these, in snake_case.</summary>
internal enum SpanRole
{
    /// <summary>Not a node: counted in the node above it.</summary>
    Fold,

    /// <summary>Belongs to the run's own node: one of a process's entry spans.</summary>
    Entry,

    /// <summary>One prompt of an agent: a turn node in the outermost run, the run's own node in a nested one.</summary>
    Turn,
    AgentRun,
    ModelCall,

    /// <summary>Carries a response's tokens for the model call beside it.</summary>
    Usage,

    /// <summary>A request that failed, for the model call beside it: one that was tried again did not fail.</summary>
    Attempt,
    ToolCall,
    PermissionWait,

    /// <summary>Says more about the node above it: its error is that node's error.</summary>
    Merge,
    Span,
}
