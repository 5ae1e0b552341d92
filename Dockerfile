# One file for AgentObs.Ingest, AgentObs.Query and AgentObs.Web:  docker build --build-arg PROJECT=AgentObs.Query .
# AGENTOBS_TOPOLOGY=containers keeps the embedded engine (566 MB) out; nothing of Aspire is needed for these three.
FROM docker.io/library/node:22.20.0-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY . .
ARG PROJECT
RUN AGENTOBS_TOPOLOGY=containers dotnet publish "$PROJECT" -c Release -o /app && printf '#!/bin/sh\nexec dotnet /app/%s.dll "$@"\n' "$PROJECT" > /app/start && chmod +x /app/start

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app /app
USER $APP_UID
ENTRYPOINT ["/app/start"]
