DELETE FROM agentobs_session WHERE SessionId IN {runs:Array(String)}
