import type { TreeModel } from './tree-model.ts';
import type { TreeNode } from './node.ts';

/** The page's circuit takes messages up to 32 KB; the whole text of a prompt or command is in the span's attributes. */
const longest = 6000;

export interface Selection {
  readonly id: string;
  /** The node as JSON, in the API's own words; long texts cut at 6,000 characters. */
  readonly node: string;
  /** Ids and names from the root down to the node. */
  readonly path: string;
  readonly byReader: boolean;
}

export function selectionOf(model: TreeModel, index: number, byReader: boolean): Selection {
  const node = model.data.nodes[index]!;
  const path: { id: string; name: string; kind: string }[] = [];
  for (let at = model.data.parent[index]!; at >= 0; at = model.data.parent[at]!) {
    const above = model.data.nodes[at]!;
    path.unshift({ id: above.id, name: cut(above.name, 80)!, kind: above.kind });
  }
  return { id: node.id, node: JSON.stringify(shorten(node)), path: JSON.stringify(path.slice(-24)), byReader };
}

const shorten = (node: TreeNode): TreeNode => ({ ...node, name: cut(node.name, 500) ?? '', detail: cut(node.detail, longest), error: cut(node.error, longest) });

const cut = (text: string | null | undefined, length: number): string | null =>
  text === null || text === undefined ? null : text.length > length ? `${text.slice(0, length)}…` : text;
