-- Everything received before then was projected when the row was written: where a new process goes on. 1970 = not known.
ALTER TABLE agentobs_session ADD COLUMN IF NOT EXISTS ProjectedTo DateTime64(3) AFTER OpenDecisionAt
