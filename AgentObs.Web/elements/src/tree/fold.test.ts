import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldOf, openFolds } from './fold.ts';
import { TreeData } from './tree-data.ts';
import { TreeModel } from './tree-model.ts';
import { makeNode as node } from './make-node.ts';

// run (kept) > a > b > tool (kept) > x ; run > c
const all = [node('run', null), node('a', 'run'), node('b', 'a'), node('tool', 'b'), node('x', 'tool'), node('c', 'run')];
const kept = [node('run', null, { folded: { spans: 3, errors: 0 } }), node('tool', 'run', { folded: { spans: 1, errors: 0 } })];
const outline = (open: string[]): string[] => {
  const data = new TreeData(openFolds(kept, all, new Set(open)));
  return data.nodes.map((n, i) => `${'.'.repeat(data.depth[i]!)}${n.id}`);
};

test('closed folds show the kept nodes', () => assert.deepEqual(outline([]), ['run', '.tool']));

test('an open fold shows its spans where they hang, and the fold below it stays closed', () =>
  assert.deepEqual(outline(['run']), ['run', '.a', '..b', '...tool', '.c']));

test('a fold below a closed one opens by itself', () => assert.deepEqual(outline(['tool']), ['run', '.tool', '..x']));

test('all open is the whole tree', () => assert.deepEqual(outline(['run', 'tool']), ['run', '.a', '..b', '...tool', '....x', '.c']));

test('a kept node that the full answer lacks stays where it was', () => {
  const data = new TreeData(openFolds([...kept, node('late', 'tool')], all, new Set(['run'])));
  assert.equal(data.nodes[data.parent[data.indexOf('late')]!]!.id, 'tool');
});

test('the fold of a span is its nearest kept ancestor', () => {
  assert.equal(foldOf(kept, all, 'b'), 'run');
  assert.equal(foldOf(kept, all, 'x'), 'tool');
  assert.equal(foldOf(kept, all, 'tool'), null);
});

test('an address that names a folded span opens its fold; open folds and collapsed rows survive a refresh', () => {
  const model = new TreeModel();
  model.take({ nodes: kept, session: null }, null);
  assert.equal(model.reveal('x'), false);
  model.takeAll({ nodes: all, session: null });
  assert.equal(model.reveal('x'), true);
  assert.deepEqual([...model.rows].map((i) => model.data.nodes[i]!.id), ['run', 'tool', 'x']);
  model.setCollapsed(model.data.indexOf('tool'), true);
  model.take({ nodes: [...kept, node('new', 'run')], session: null }, { nodes: [...all, node('new', 'run')], session: null });
  assert.deepEqual([...model.rows].map((i) => model.data.nodes[i]!.id), ['run', 'tool', 'new']);
  model.setCollapsed(model.data.indexOf('tool'), false);
  assert.ok(model.data.indexOf('x') >= 0);
});

test('the row of a node inside a collapsed one is that one', () => {
  const model = new TreeModel();
  model.take({ nodes: all, session: null }, null);
  model.setCollapsed(0, true);
  assert.equal(model.rowOf(3), 0);
  assert.equal(new TreeModel().rowOf(0), -1);
});
