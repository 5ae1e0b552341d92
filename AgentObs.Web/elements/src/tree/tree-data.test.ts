import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TreeData } from './tree-data.ts';
import { makeNode as node } from './make-node.ts';

const ids = (data: TreeData): string[] => data.nodes.map((n) => n.id);

test('rows stand in depth-first order with depth and subtree size', () => {
  const data = new TreeData([node('s', null), node('t1', 's'), node('c', 't1'), node('t2', 's')]);
  assert.deepEqual(ids(data), ['s', 't1', 'c', 't2']);
  assert.deepEqual([...data.depth], [0, 1, 2, 1]);
  assert.deepEqual([...data.size], [4, 2, 1, 1]);
  assert.deepEqual([...data.parent], [-1, 0, 1, 0]);
});

test('a parent that comes after its child is put before it', () => {
  assert.deepEqual(ids(new TreeData([node('c', 'p'), node('s', null), node('p', 's')])), ['s', 'p', 'c']);
});

test('an unknown parent and a cycle make roots, nothing is lost', () => {
  const data = new TreeData([node('a', 'b'), node('b', 'a'), node('x', 'nobody'), node('s', null)]);
  assert.deepEqual(ids(data).sort(), ['a', 'b', 's', 'x']);
});

test('times keep nanoseconds', () => {
  const data = new TreeData([
    node('a', null, { start: '2026-11-22T13:37:15.000000001Z', durationNano: 500 }),
    node('b', 'a', { start: '2026-11-22T13:37:16.000000250Z', durationNano: 1 }),
  ]);
  assert.ok(Math.abs(data.start[1]! - data.start[0]! - 1000.000249) < 1e-9);
  assert.ok(Math.abs(data.end[0]! - data.start[0]! - 0.0005) < 1e-9);
});

test('a placeholder without times covers its children', () => {
  const data = new TreeData([
    node('p', null, { placeholder: true, durationNano: 0, start: '2026-11-22T13:37:16.000000000Z' }),
    node('c', 'p', { start: '2026-11-22T13:37:15.000000000Z', durationNano: 4e9 }),
  ]);
  assert.equal(data.end[0]! - data.start[0]!, 4000);
});

test('tokens: self and total, and the total of a node without one is its own', () => {
  const t = { input: 10, cacheRead: 5, cacheWrite: 0, output: 2, reasoning: 1 };
  const data = new TreeData([node('a', null, { tokens: { ...t, input: 0 }, totalTokens: t }), node('b', 'a', { tokens: t })]);
  assert.deepEqual([...data.selfTokens], [8, 18]);
  assert.deepEqual([...data.totalTokens], [18, 18]);
});

test('a hundred thousand nodes in a chain do not overflow a stack', () => {
  const chain = Array.from({ length: 100_000 }, (_, i) => node(String(i), i === 0 ? null : String(i - 1)));
  assert.equal(new TreeData(chain).size[0], 100_000);
});
