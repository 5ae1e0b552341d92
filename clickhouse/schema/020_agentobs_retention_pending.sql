-- The drop that is under way, so that one which a crash broke off is finished; empty otherwise. Kind:
-- trace, run = what goes, and the runs that had something in it; drop = what and why, written when those are complete;
-- dead trace, dead run, foreign run = of these, those of which nothing is left, and runs that are only linked with the trace that started them.
CREATE TABLE IF NOT EXISTS agentobs_retention_pending (
    Kind LowCardinality(String),
    TraceId String,
    RunId String,
    Signal LowCardinality(String),
    Reason LowCardinality(String),
    Cutoff DateTime64(3),
    At DateTime64(3)
) ENGINE = MergeTree ORDER BY (Kind, TraceId, RunId)
