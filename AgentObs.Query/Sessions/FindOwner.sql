-- The session that a run is nested in, also one that shares its caller's telemetry: Claude's subagents.
SELECT SessionId FROM agentobs_session FINAL WHERE NestedIn = '' AND has(RunIds, {run:String}) ORDER BY SessionId LIMIT 1
