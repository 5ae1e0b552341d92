INSERT INTO agentobs_retention (At, Signal, Reason, Rows, Bytes, Oldest, Newest)
SELECT fromUnixTimestamp64Milli({at:Int64}), {signal:String}, {reason:String}, {rows:UInt64}, {bytes:UInt64},
    fromUnixTimestamp64Milli({oldest:Int64}), fromUnixTimestamp64Milli({newest:Int64})
