import type { TreeData } from './tree-data.ts';

/** Which nodes are collapsed, by id, so that it survives a refresh that moves rows. */
export type Collapsed = Set<string>;

/** Indices of the rows that show, top to bottom: one pass, subtrees of collapsed nodes are jumped over. */
export function visibleRows(data: TreeData, collapsed: ReadonlySet<string>): Int32Array {
  const rows = new Int32Array(data.count);
  let count = 0;
  for (let i = 0; i < data.count;) {
    rows[count++] = i;
    i += collapsed.size > 0 && data.size[i]! > 1 && collapsed.has(data.nodes[i]!.id) ? data.size[i]! : 1;
  }
  return rows.subarray(0, count);
}

/**
 * What starts collapsed: a small tree opens whole; of a big one as many levels open as fit the budget, so that the
 * first screen shows turns and runs and not a million spans.
 */
export function initialCollapsed(data: TreeData, budget: number): Collapsed {
  const collapsed: Collapsed = new Set();
  if (data.count <= budget) return collapsed;
  const perDepth: number[] = [];
  for (let i = 0; i < data.count; i++) perDepth[data.depth[i]!] = (perDepth[data.depth[i]!] ?? 0) + 1;
  let total = 0;
  let open = 0;
  for (let depth = 0; depth < perDepth.length; depth++) {
    total += perDepth[depth] ?? 0;
    if (total > budget && depth > 1) break;
    open = depth;
  }
  for (let i = 0; i < data.count; i++) if (data.depth[i]! >= open && data.hasChildren(i)) collapsed.add(data.nodes[i]!.id);
  return collapsed;
}

/** Collapses the deepest open level; pressed again and again the tree folds up to its roots. */
export function collapseLevel(data: TreeData, rows: Int32Array, collapsed: Collapsed): void {
  let deepest = -1;
  for (const i of rows) if (data.hasChildren(i) && !collapsed.has(data.nodes[i]!.id)) deepest = Math.max(deepest, data.depth[i]!);
  for (const i of rows) if (data.depth[i] === deepest && data.hasChildren(i)) collapsed.add(data.nodes[i]!.id);
}

/** Opens everything below a node, the node included. */
export function expandSubtree(data: TreeData, index: number, collapsed: Collapsed): void {
  for (let i = index; i < index + data.size[index]!; i++) collapsed.delete(data.nodes[i]!.id);
}

/** Opens what hides a node. True when something changed. */
export function reveal(data: TreeData, index: number, collapsed: Collapsed): boolean {
  let changed = false;
  for (let at = data.parent[index]!; at >= 0; at = data.parent[at]!) changed = collapsed.delete(data.nodes[at]!.id) || changed;
  return changed;
}

/** The next node in tree order that a test accepts, from one position on, round the end; -1 when there is none. */
export function nextMatch(data: TreeData, from: number, step: 1 | -1, test: (i: number) => boolean): number {
  for (let k = 1; k <= data.count; k++) {
    const i = (((from + step * k) % data.count) + data.count) % data.count;
    if (test(i)) return i;
  }
  return -1;
}

/**
 * The node a reader is sent to for an error: one that failed itself, or one whose fold hides a failure. A parent that
 * only repeats the failure of a child below it is passed over, so that `e` walks causes.
 */
export function isErrorStop(data: TreeData, i: number): boolean {
  const node = data.nodes[i]!;
  if ((node.folded?.errors ?? 0) > 0) return true;
  if (node.status !== 'error') return false;
  for (let child = i + 1; child < i + data.size[i]!; child += data.size[child]!) {
    if (data.nodes[child]!.status === 'error') return false;
  }
  return true;
}
