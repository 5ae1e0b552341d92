import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodesOfTrace } from './trace-nodes.ts';
import { find } from './find.ts';
import { TreeData } from './tree-data.ts';

const span = (spanId: string, parentSpanId: string | null, at: number, more = {}) => ({
  traceId: 't', spanId, parentSpanId, name: `n-${spanId}`, start: `2026-11-22T13:37:15.00000000${at}Z`, durationNano: 1, ...more,
});

test('a parent that was not sent stands once, over all its children', () => {
  const data = new TreeData(nodesOfTrace([span('b', 'gone', 2), span('a', null, 1), span('c', 'gone', 3)]));
  assert.deepEqual(data.nodes.map((n, i) => `${'.'.repeat(data.depth[i]!)}${n.id}`), ['a', 'gone', '.b', '.c']);
  assert.equal(data.nodes[1]!.placeholder, true);
});

test('status words of any case are read', () => {
  assert.equal(nodesOfTrace([span('a', null, 1, { status: 'Error', statusMessage: 'boom' })])[0]!.status, 'error');
});

test('find wants every word, anywhere in a node', () => {
  const data = new TreeData(nodesOfTrace([span('a', null, 1, { service: 'codex_exec' }), span('b', 'a', 2, { statusMessage: 'disk full' })]));
  assert.deepEqual([...find(data, 'CODEX n-a')], [0]);
  assert.deepEqual([...find(data, 'disk')], [1]);
  assert.equal(find(data, '  ').size, 0);
});
