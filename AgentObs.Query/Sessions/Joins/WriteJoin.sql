-- Rank 4, as what a starter hands over: see the schema's 017.
INSERT INTO agentobs_run_traces (RunId, TraceId, Claim, Agent, Start, End)
SELECT {run:String}, {trace:String}, (4::UInt8, fromUnixTimestamp64Nano({at:Int64})), '', fromUnixTimestamp64Nano({at:Int64}), fromUnixTimestamp64Nano({at:Int64})
