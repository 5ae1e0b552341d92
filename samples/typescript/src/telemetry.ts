// Loaded before 'openai', which the instrumentation changes while it is loaded.
import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { OpenAIInstrumentation } from '@opentelemetry/instrumentation-openai';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { resourceFromAttributes } from '@opentelemetry/resources';

const env = process.env;
const agentObs = env.AGENTOBS_OTLP_HTTP_URL || 'http://127.0.0.1:4318';

// Provenance: what AgentObs ties to a task.
const resource = resourceFromAttributes({
  'service.name': env.OTEL_SERVICE_NAME || 'typescript-sample',
  ...(env.AGENTOBS_TASK_ID && { 'agentobs.task.id': env.AGENTOBS_TASK_ID }),
  ...(env.AGENTOBS_RUN_ID && { 'agentobs.run.id': env.AGENTOBS_RUN_ID }),
  ...(env.AGENTOBS_ROLE && { 'agentobs.role': env.AGENTOBS_ROLE }),
});

const exporter = new OTLPTraceExporter({
  url: `${agentObs}/v1/traces`,
  timeoutMillis: 3000,
  headers: env.AGENTOBS_TOKEN ? { Authorization: `Bearer ${env.AGENTOBS_TOKEN}` } : {},
});
const provider = new NodeTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] });
provider.register();
registerInstrumentations({ instrumentations: [new OpenAIInstrumentation()], tracerProvider: provider });

// The two lines that put the program below the command that started it: this one, and context.with(caller, ...) in main.ts.
export const caller = propagation.extract(ROOT_CONTEXT, { traceparent: env.TRACEPARENT, tracestate: env.TRACESTATE });

/** Sends what is left; a program is not kept when nobody answers. */
export const flush = (): Promise<void> => provider.shutdown().catch(() => undefined);
