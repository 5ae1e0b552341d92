-- Rank 5: inferred. Anything proven outranks it (SessionOwners), and it can be taken back.
INSERT INTO agentobs_run_traces (RunId, TraceId, Claim, Agent, Start, End)
SELECT {run:String}, {trace:String}, (5::UInt8, fromUnixTimestamp64Nano({at:Int64})), '', fromUnixTimestamp64Nano({at:Int64}), fromUnixTimestamp64Nano({at:Int64})
