INSERT INTO agentobs_retention_pending (Kind, Signal, Reason, Cutoff, At)
SELECT 'drop', {signal:String}, {reason:String}, fromUnixTimestamp64Milli({cutoff:Int64}), fromUnixTimestamp64Milli({at:Int64})
