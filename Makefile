.PHONY: help run demo launcher test hardening real-clients samples

help: ## what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: ## start AgentObs
	dotnet run --project AgentObs.AppHost

demo: ## send one span to the running AgentObs and assert that it landed
	dotnet run --project AgentObs.Cli -- check

launcher: ## the launcher compiled ahead of time, for `agentobs run` and the shims (a minute; needs gcc or clang)
	dotnet publish AgentObs.Launcher -c Release --use-current-runtime -p:PublishAot=true -o native/launcher

test: ## all tests
	dotnet test AgentObs.sln

hardening: ## kill -9, full disk, fuzz, slow and many clients: the long runs (AGENTOBS_TEST_SEED repeats one)
	AGENTOBS_LONG_TESTS=1 dotnet run -c Release --project AgentObs.Tests -- -namespace AgentObs.Tests.Ingest.Hardening -parallel none -showLiveOutput

samples: ## the TypeScript sample, built with npm, so that its test runs
	cd samples/typescript && npm ci --no-fund --no-audit && npm run build

real-clients: ## Claude Code and Codex from npm against scripted models, in a network of their own (Linux; 770 MB the first time)
	real-clients/run
