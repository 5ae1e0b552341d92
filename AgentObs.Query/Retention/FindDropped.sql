SELECT count() FROM agentobs_retention
WHERE At = fromUnixTimestamp64Milli({at:Int64}) AND Signal = {signal:String} AND Reason = {reason:String}
