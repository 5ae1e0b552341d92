import type { TreeNode } from './node.ts';

/**
 * The tree to show when some folds are open. `kept` is the folded tree, `all` the answer with `folded=false`.
 * A node shows if it is kept, or if the nearest kept node above it has its fold open; its parent is the nearest node
 * above it that shows. So an open fold shows its spans where they really hang, and the folds below it stay closed.
 */
export function openFolds(kept: readonly TreeNode[], all: readonly TreeNode[] | null, open: ReadonlySet<string>): readonly TreeNode[] {
  if (all === null || open.size === 0) return kept;
  const keptById = new Map(kept.map((node) => [node.id, node]));
  const everything = new Map(all.map((node) => [node.id, node]));
  const keptAbove = new Map<string, string | null>();

  const nearestKept = (id: string | null): string | null => {
    const path: string[] = [];
    let at: string | null = id;
    let found: string | null = null;
    while (at !== null) {
      if (keptById.has(at)) { found = at; break; }
      const known = keptAbove.get(at);
      if (known !== undefined) { found = known; break; }
      if (path.length > all.length) break;
      path.push(at);
      at = everything.get(at)?.parentId ?? null;
    }
    for (const step of path) keptAbove.set(step, found);
    return found;
  };

  const shows = (id: string): boolean => {
    if (keptById.has(id)) return true;
    const above = nearestKept(id);
    return above !== null && open.has(above);
  };

  const result: TreeNode[] = [];
  const placed = new Set<string>();
  for (const node of all) {
    if (!shows(node.id)) continue;
    let parent = node.parentId;
    let steps = 0;
    while (parent !== null && parent !== undefined && !shows(parent) && steps++ < all.length) {
      parent = everything.get(parent)?.parentId ?? null;
    }
    const base = keptById.get(node.id) ?? node;
    // The folded answer knows the nearest kept parent even where the full one starts a new root.
    const parentId = parent ?? keptById.get(node.id)?.parentId ?? null;
    result.push(parentId === base.parentId ? base : { ...base, parentId });
    placed.add(node.id);
  }
  for (const node of kept) if (!placed.has(node.id)) result.push(node);
  return result;
}

/** The kept node whose fold holds this span, or null when the span is not inside a fold. */
export function foldOf(kept: readonly TreeNode[], all: readonly TreeNode[], id: string): string | null {
  const isKept = new Set(kept.map((node) => node.id));
  if (isKept.has(id)) return null;
  const parents = new Map(all.map((node) => [node.id, node.parentId]));
  let at: string | null | undefined = parents.get(id);
  for (let steps = 0; at && steps <= all.length; steps++) {
    if (isKept.has(at)) return at;
    at = parents.get(at);
  }
  return null;
}
