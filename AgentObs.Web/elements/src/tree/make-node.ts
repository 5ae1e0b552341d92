import type { TreeNode } from './node.ts';

/** For tests: a node with what matters said. */
export const makeNode = (id: string, parentId: string | null, more: Partial<TreeNode> = {}): TreeNode => ({
  id, parentId, kind: 'span', name: id, status: 'unset', start: '2026-11-22T13:37:15.000000000Z', durationNano: 1e6, ...more,
});
