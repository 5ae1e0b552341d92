-- Which version of the rules made the row. What older rules projected is projected anew: ReadProjectedTo counts rows of its own version alone.
ALTER TABLE agentobs_session ADD COLUMN IF NOT EXISTS Rules UInt16 DEFAULT 0 AFTER ProjectedTo
