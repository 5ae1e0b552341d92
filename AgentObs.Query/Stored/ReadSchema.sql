SELECT version(), max(Id) FROM agentobs_migrations
