import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from './differences.ts';

const session = (id: string, spans: number) => ({ id, end: 'e', state: 'running', spans });

test('polling names the sessions that are new or changed since the last look', () => {
  const seen = new Map<string, string>();
  assert.deepEqual(differences(seen, [session('a', 1), session('b', 1)]), ['a', 'b']);
  assert.deepEqual(differences(seen, [session('a', 1), session('b', 2)]), ['b']);
  assert.deepEqual(differences(seen, [session('c', 1), session('a', 1)]), ['c']);
});
