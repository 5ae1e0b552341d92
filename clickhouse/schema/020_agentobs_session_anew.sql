-- Rows written before 019 have no TaskRuns, and rows of programs in which no agent works are no sessions any more: all are projected anew.
TRUNCATE TABLE agentobs_session
