import type { TreeData } from './tree-data.ts';

/** Nodes whose name, detail, error, agent or id has every word of the text. An id pasted whole finds its node. */
export function find(data: TreeData, text: string): Set<number> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = new Set<number>();
  if (words.length === 0) return found;
  for (let i = 0; i < data.count; i++) {
    const node = data.nodes[i]!;
    const own = `${node.name} ${node.detail ?? ''} ${node.error ?? ''} ${node.agent ?? ''} ${node.id} ${node.spanId ?? ''} ${node.conversationId ?? ''} ${node.task ?? ''}`.toLowerCase();
    if (words.every((word) => own.includes(word))) found.add(i);
  }
  return found;
}
