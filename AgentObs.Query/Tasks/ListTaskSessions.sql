-- Sessions that worked on some task, or on one of them; the latest first.
SELECT SessionId
FROM agentobs_session FINAL
WHERE NestedIn = '' AND if({task:String} = '', notEmpty(Tasks), has(Tasks, {task:String}))
ORDER BY End DESC, SessionId
LIMIT 500
