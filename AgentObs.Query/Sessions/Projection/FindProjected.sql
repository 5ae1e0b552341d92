-- Which of some runs are shown as sessions of their own.
SELECT SessionId FROM agentobs_session FINAL WHERE SessionId IN {runs:Array(String)} AND NestedIn = ''
