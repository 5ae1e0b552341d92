-- Its links come from the view of 023.
DROP VIEW IF EXISTS agentobs_run_traces_from_launcher
