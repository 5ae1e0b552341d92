import type { TreeNode } from './node.ts';
import { sumTokens } from './node.ts';
import { NanoClock } from './nano-clock.ts';

/**
 * A tree laid out for drawing: one entry a node in depth-first order, so that a subtree is the range
 * `[i, i + size[i])` and collapsing is a jump. Times are milliseconds since `clock.base`.
 */
export class TreeData {
  readonly count: number;
  readonly nodes: TreeNode[];
  readonly parent: Int32Array;
  readonly depth: Uint16Array;
  /** Nodes in the subtree, the node itself included. */
  readonly size: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly selfTokens: Float64Array;
  readonly totalTokens: Float64Array;
  readonly minTime: number;
  readonly maxTime: number;
  readonly errorCount: number;
  private readonly byId: Map<string, number>;

  constructor(input: readonly TreeNode[], readonly clock = new NanoClock()) {
    const order = preOrder(input);
    const n = (this.count = order.length);
    this.nodes = new Array<TreeNode>(n);
    this.parent = new Int32Array(n).fill(-1);
    this.depth = new Uint16Array(n);
    this.size = new Int32Array(n).fill(1);
    this.start = new Float64Array(n);
    this.end = new Float64Array(n);
    this.selfTokens = new Float64Array(n);
    this.totalTokens = new Float64Array(n);
    this.byId = new Map();

    let min = Infinity;
    let max = -Infinity;
    let errors = 0;
    for (let i = 0; i < n; i++) {
      const node = (this.nodes[i] = input[order[i]!]!);
      this.byId.set(node.id, i);
      const parent = node.parentId === null || node.parentId === undefined ? -1 : this.byId.get(node.parentId) ?? -1;
      this.parent[i] = parent;
      this.depth[i] = parent < 0 ? 0 : this.depth[parent]! + 1;
      const start = this.clock.read(node.start);
      this.start[i] = start;
      this.end[i] = start + (node.durationNano ?? 0) / 1e6;
      if (!Number.isNaN(start)) {
        min = Math.min(min, start);
        max = Math.max(max, this.end[i]!);
      }
      this.selfTokens[i] = sumTokens(node.tokens);
      this.totalTokens[i] = node.totalTokens ? sumTokens(node.totalTokens) : this.selfTokens[i]!;
      if (node.status === 'error') errors++;
    }
    for (let i = n - 1; i > 0; i--) {
      const parent = this.parent[i]!;
      if (parent < 0) continue;
      this.size[parent]! += this.size[i]!;
      // What was not received has no times of its own: it lasts at least as long as what it holds.
      if (this.nodes[parent]!.placeholder && !((this.nodes[parent]!.durationNano ?? 0) > 0)) {
        this.start[parent] = Number.isNaN(this.start[parent]!) ? this.start[i]! : Math.min(this.start[parent]!, this.start[i]!);
        this.end[parent] = Number.isNaN(this.end[parent]!) ? this.end[i]! : Math.max(this.end[parent]!, this.end[i]!);
      }
    }
    this.minTime = min === Infinity ? 0 : min;
    this.maxTime = max === -Infinity ? 1 : max;
    this.errorCount = errors;
  }

  indexOf(id: string | null | undefined): number {
    return id ? this.byId.get(id) ?? -1 : -1;
  }

  hasChildren(i: number): boolean {
    return this.size[i]! > 1;
  }
}

/**
 * Positions in depth-first order, siblings as they came. The API sends that order already; a tree composed of two
 * answers, or one whose parent stands later, is put in order here. A cycle (never sent, but it must not hang a page)
 * and an unknown parent make roots.
 */
function preOrder(input: readonly TreeNode[]): Int32Array {
  const n = input.length;
  const position = new Map<string, number>();
  for (let i = 0; i < n; i++) position.set(input[i]!.id, i);
  const first = new Int32Array(n + 1).fill(-1);
  const next = new Int32Array(n).fill(-1);
  const last = new Int32Array(n + 1).fill(-1);
  for (let i = 0; i < n; i++) {
    const id = input[i]!.parentId;
    const parent = id === null || id === undefined ? n : position.get(id) ?? n;
    if (last[parent] === -1) first[parent] = i;
    else next[last[parent]!] = i;
    last[parent] = i;
  }
  const order = new Int32Array(n);
  const seen = new Uint8Array(n);
  let count = 0;
  const walk = (root: number): void => {
    const stack = [root];
    while (stack.length > 0) {
      const i = stack.pop()!;
      if (next[i] !== -1 && i !== root) stack.push(next[i]!);
      if (seen[i]) continue;
      seen[i] = 1;
      order[count++] = i;
      if (first[i] !== -1) stack.push(first[i]!);
    }
  };
  for (let i = first[n]!; i !== -1; i = next[i]!) walk(i);
  for (let i = 0; i < n; i++) if (!seen[i]) walk(i);
  return order;
}
