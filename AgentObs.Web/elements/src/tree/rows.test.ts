import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collapseLevel, expandSubtree, initialCollapsed, isErrorStop, nextMatch, reveal, visibleRows } from './rows.ts';
import { TreeData } from './tree-data.ts';
import { makeNode as node } from './make-node.ts';

const small = (): TreeData => new TreeData([node('s', null), node('t1', 's'), node('c1', 't1'), node('c2', 't1'), node('t2', 's'), node('c3', 't2')]);
const shown = (data: TreeData, collapsed: Set<string>): string[] => [...visibleRows(data, collapsed)].map((i) => data.nodes[i]!.id);

test('a collapsed node hides its subtree and nothing else', () => {
  assert.deepEqual(shown(small(), new Set(['t1'])), ['s', 't1', 't2', 'c3']);
});

test('a small tree starts open, a big one with as many levels as fit', () => {
  const data = small();
  assert.equal(initialCollapsed(data, 10).size, 0);
  const big = new TreeData([node('s', null), ...Array.from({ length: 30 }, (_, i) => [node(`t${i}`, 's'), ...Array.from({ length: 20 }, (_, k) => node(`t${i}c${k}`, `t${i}`))]).flat()]);
  assert.equal(visibleRows(big, initialCollapsed(big, 100)).length, 31);
});

test('collapsing goes level by level, from the leaves up', () => {
  const data = small();
  const collapsed = new Set<string>();
  collapseLevel(data, visibleRows(data, collapsed), collapsed);
  assert.deepEqual(shown(data, collapsed), ['s', 't1', 't2']);
  collapseLevel(data, visibleRows(data, collapsed), collapsed);
  assert.deepEqual(shown(data, collapsed), ['s']);
  expandSubtree(data, 0, collapsed);
  assert.equal(visibleRows(data, collapsed).length, 6);
});

test('reveal opens every ancestor', () => {
  const data = small();
  const collapsed = new Set(['s', 't2', 't1']);
  assert.equal(reveal(data, data.indexOf('c3'), collapsed), true);
  assert.deepEqual([...collapsed], ['t1']);
});

test('the next error is a cause: parents that only repeat a failure below them are passed over', () => {
  const data = new TreeData([
    node('s', null, { status: 'error' }), node('t', 's', { status: 'error' }), node('tool', 't', { status: 'error' }),
    node('run', 't', { folded: { spans: 9, errors: 2 } }), node('ok', 's'),
  ]);
  const stop = (i: number): boolean => isErrorStop(data, i);
  assert.equal(data.nodes[nextMatch(data, -1, 1, stop)]!.id, 'tool');
  assert.equal(data.nodes[nextMatch(data, data.indexOf('tool'), 1, stop)]!.id, 'run');
  assert.equal(data.nodes[nextMatch(data, data.indexOf('run'), 1, stop)]!.id, 'tool');
  assert.equal(data.nodes[nextMatch(data, data.indexOf('tool'), -1, stop)]!.id, 'run');
  assert.equal(nextMatch(new TreeData([]), -1, 1, () => true), -1);
});
