.PHONY: help run demo test

help: ## what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: ## start AgentObs
	dotnet run --project AgentObs.AppHost

demo: ## send one span to the running AgentObs and assert that it landed
	dotnet run --project AgentObs.Cli -- check

test: ## all tests
	dotnet test AgentObs.sln
