SELECT toUnixTimestamp64Milli(max(ProjectedTo)) FROM agentobs_session
