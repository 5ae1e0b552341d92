-- Which schema files were applied to this database. Checksum is the SHA-256 of the file's text with line ends as \n, in hex.
CREATE TABLE IF NOT EXISTS agentobs_migrations (
    Id UInt32,
    Name String,
    Checksum String,
    AppliedAt DateTime64(3) DEFAULT now64(3)
) ENGINE = MergeTree ORDER BY Id
