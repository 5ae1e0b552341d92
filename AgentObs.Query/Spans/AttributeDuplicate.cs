namespace AgentObs.Query;

/// <summary>A value whose key occurs twice: codex sends <c>thread.id</c> as the OS thread's number and as the conversation's uuid.</summary>
public sealed record AttributeDuplicate(string Key, string Value);
