SELECT toUnixTimestamp64Milli(max(ProjectedTo)) FROM agentobs_session WHERE Rules = {rules:UInt16}
