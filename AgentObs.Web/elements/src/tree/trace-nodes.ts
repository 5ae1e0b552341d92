import type { TreeNode } from './node.ts';

/** A span of `GET /api/traces/{traceId}`, as far as a row needs it. */
export interface TraceSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | null;
  readonly name: string;
  readonly service?: string | null;
  readonly start: string;
  readonly durationNano: number;
  readonly status?: string | null;
  readonly statusMessage?: string | null;
}

/**
 * Rows of a raw trace: every span as it was sent, under the parent it names. A parent that is not in the answer stands
 * as one placeholder row, so that its children stay together and the gap is seen.
 */
export function nodesOfTrace(spans: readonly TraceSpan[]): TreeNode[] {
  const known = new Set(spans.map((span) => span.spanId));
  const missing = new Map<string, TreeNode>();
  const nodes: TreeNode[] = [];
  const services = new Map(spans.map((span) => [span.spanId, span.service ?? '']));
  const sorted = [...spans].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.spanId < b.spanId ? -1 : 1));
  for (const span of sorted) {
    const parent = span.parentSpanId || null;
    if (parent !== null && !known.has(parent) && !missing.has(parent)) {
      const placeholder: TreeNode = {
        id: parent, parentId: null, kind: 'span', name: 'parent not received', detail: parent, start: span.start,
        durationNano: null, status: 'unset', placeholder: true, traceId: span.traceId,
      };
      missing.set(parent, placeholder);
      nodes.push(placeholder);
    }
    nodes.push({
      id: span.spanId, parentId: parent, kind: 'span', name: span.name, agent: span.service ?? null,
      // Said where another program begins; on every row it would be noise.
      detail: parent === null || services.get(parent) !== (span.service ?? '') ? span.service ?? null : null, traceId: span.traceId,
      spanId: span.spanId, start: span.start, durationNano: span.durationNano, status: statusOf(span.status),
      error: span.statusMessage || null, edge: { grade: 'proven', evidence: ['parentSpanId of the span itself'] },
    });
  }
  return nodes;
}

const statusOf = (status: string | null | undefined): TreeNode['status'] => {
  const word = (status ?? '').toLowerCase();
  return word === 'error' ? 'error' : word === 'ok' ? 'ok' : 'unset';
};
