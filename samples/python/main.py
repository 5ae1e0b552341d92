"""Asks a model through OpenAI's Responses API; started by a coding agent's command, the call appears inside the agent's session.

    OPENAI_API_KEY=... python main.py "Name three colours" [--stream]

OPENAI_BASE_URL and OPENAI_MODEL choose another address and model.
"""

import os
import sys

from openai import OpenAI, OpenAIError
from openinference.instrumentation import TraceConfig
from openinference.instrumentation.openai import OpenAIInstrumentor
from opentelemetry import context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

PROVENANCE = {
    "AGENTOBS_TASK_ID": "agentobs.task.id",
    "AGENTOBS_RUN_ID": "agentobs.run.id",
    "AGENTOBS_ROLE": "agentobs.role",
}


def start() -> TracerProvider:
    """Sends the calls of OpenAI's client to the running AgentObs, below the span that TRACEPARENT names."""
    env = os.environ
    attributes = {"service.name": env.get("OTEL_SERVICE_NAME") or "python-sample"}
    attributes |= {key: env[name] for name, key in PROVENANCE.items() if env.get(name)}
    provider = TracerProvider(resource=Resource.create(attributes))

    address = env.get("AGENTOBS_OTLP_HTTP_URL") or "http://127.0.0.1:4318"
    token = env.get("AGENTOBS_TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    exporter = OTLPSpanExporter(endpoint=f"{address}/v1/traces", headers=headers, timeout=3)
    provider.add_span_processor(BatchSpanProcessor(exporter))

    # Prompts and answers stay here: this instrumentation sends them unless it is told not to.
    hidden = TraceConfig(hide_inputs=True, hide_outputs=True)
    OpenAIInstrumentor().instrument(tracer_provider=provider, config=hidden)

    # The two lines that put the program below the command that started it.
    caller = {name: env[name.upper()] for name in ("traceparent", "tracestate") if env.get(name.upper())}
    context.attach(TraceContextTextMapPropagator().extract(caller))
    return provider


def ask(prompt: str, stream: bool) -> None:
    client = OpenAI()
    model = os.environ.get("OPENAI_MODEL") or "gpt-5.5"
    if not stream:
        print(client.responses.create(model=model, input=prompt).output_text)
        return
    for event in client.responses.create(model=model, input=prompt, stream=True):
        if event.type == "response.output_text.delta":
            print(event.delta, end="", flush=True)
    print()


def main() -> int:
    provider = start()
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    try:
        ask(words[0] if words else "Say hello.", "--stream" in sys.argv)
        return 0
    except OpenAIError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        provider.shutdown()


if __name__ == "__main__":
    sys.exit(main())
