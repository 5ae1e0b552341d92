/** A node of `GET /api/sessions/{id}/tree`, as the API answers it (camelCase JSON; null or missing where unknown). */
export interface TreeNode {
  readonly id: string;
  readonly parentId: string | null;
  readonly kind: NodeKind;
  readonly name: string;
  readonly detail?: string | null;
  readonly agent?: string | null;
  readonly conversationId?: string | null;
  readonly traceId?: string | null;
  readonly spanId?: string | null;
  /** ISO 8601 UTC with nine fraction digits. */
  readonly start?: string | null;
  readonly durationNano?: number | null;
  readonly status: 'ok' | 'error' | 'unset';
  readonly error?: string | null;
  readonly exitCode?: number | null;
  readonly tokens?: Tokens | null;
  readonly totalTokens?: Tokens | null;
  readonly edge?: { readonly grade: 'proven' | 'inferred'; readonly evidence?: readonly string[] } | null;
  readonly folded?: { readonly spans: number; readonly errors: number } | null;
  readonly task?: string | null;
  readonly attempts?: number | null;
  readonly placeholder?: boolean;
}

export type NodeKind = 'session' | 'turn' | 'agent_run' | 'model_call' | 'tool_call' | 'permission_wait' | 'span';

/** Disjoint buckets: `input` is without cache, `output` without reasoning. */
export interface Tokens {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
}

export const sumTokens = (t: Tokens | null | undefined): number =>
  t ? t.input + t.cacheRead + t.cacheWrite + t.output + t.reasoning : 0;

/** What a person calls a kind, for labels and the hover card. */
export const kindWords: Record<NodeKind, string> = {
  session: 'session',
  turn: 'turn',
  agent_run: 'agent run',
  model_call: 'model call',
  tool_call: 'tool call',
  permission_wait: 'permission wait',
  span: 'span',
};
