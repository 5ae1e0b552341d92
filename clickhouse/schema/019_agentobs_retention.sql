-- What retention dropped: one row for each time, signal and reason. Bytes = the rows' share of the tables' bytes on disk.
CREATE TABLE IF NOT EXISTS agentobs_retention (
    At DateTime64(3),
    Signal LowCardinality(String),
    Reason LowCardinality(String),
    Rows UInt64,
    Bytes UInt64,
    Oldest DateTime64(3),
    Newest DateTime64(3)
) ENGINE = MergeTree ORDER BY At
