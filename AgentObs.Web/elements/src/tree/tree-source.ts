import type { TreeNode } from './node.ts';
import { nodesOfTrace, type TraceSpan } from './trace-nodes.ts';

/** What the element needs of a session besides its nodes. */
export interface SessionFacts { readonly id: string; readonly state?: string }

export interface TreeAnswer { readonly nodes: readonly TreeNode[]; readonly session: SessionFacts | null }

/** An answer that is not a tree: what to tell the reader, and where to go instead. */
export class TreeError extends Error {
  constructor(message: string, readonly status: number, readonly hint: string, readonly sessionId: string | null = null) {
    super(message);
  }
}

/** Where the rows come from: a session's stitched tree, or one raw trace. Both answer the same rows. */
export interface TreeSource {
  readonly key: string;
  readonly canUnfold: boolean;
  load(folded: boolean, signal: AbortSignal): Promise<TreeAnswer>;
}

export const sessionSource = (id: string): TreeSource => ({
  key: `session:${id}`,
  canUnfold: true,
  async load(folded, signal) {
    const body = await getJson(`/api/sessions/${encodeURIComponent(id)}/tree?folded=${folded}`, signal);
    return { nodes: (body.nodes as TreeNode[] | undefined) ?? [], session: (body.session as SessionFacts | undefined) ?? null };
  },
});

export const traceSource = (id: string): TreeSource => ({
  key: `trace:${id}`,
  canUnfold: false,
  async load(_folded, signal) {
    const body = await getJson(`/api/traces/${encodeURIComponent(id)}`, signal);
    return { nodes: nodesOfTrace((body.spans as TraceSpan[] | undefined) ?? []), session: null };
  },
});

async function getJson(url: string, signal: AbortSignal): Promise<Record<string, unknown>> {
  let response: Response;
  try {
    response = await fetch(url, { signal, headers: { accept: 'application/json' } });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new TreeError('AgentObs does not answer', 0, 'It is tried again every few seconds. Start it with: agentobs serve');
  }
  if (response.ok) return (await response.json()) as Record<string, unknown>;
  const problem = (await response.json().catch(() => ({}))) as { title?: string; detail?: string; sessionId?: string };
  throw new TreeError(
    problem.title ?? `HTTP ${response.status}`,
    response.status,
    problem.detail ?? (response.status === 404 ? 'Nothing with this id is stored. It may have been deleted, or not have arrived yet.' : 'See the log of agentobs serve.'),
    problem.sessionId ?? null,
  );
}
