INSERT INTO agentobs_migrations (Id, Name, Checksum) SELECT {id:UInt32}, {name:String}, {checksum:String}
