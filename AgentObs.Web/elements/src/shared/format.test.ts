import assert from 'node:assert/strict';
import { test } from 'node:test';
import { age, count, digits, duration, tick } from './format.ts';

test('durations', () => {
  for (const [millis, text] of [[0, '0'], [0.000417, '417 ns'], [0.0329, '33 µs'], [0.0041, '4.1 µs'], [607.2, '607 ms'], [9.94, '9.9 ms'], [2178, '2.18 s'],
    [59_940, '59.9 s'], [185_000, '3 m 05 s'], [7_620_000, '2 h 07 m'], [273_600_000, '3 d 4 h'], [NaN, '']] as const) {
    assert.equal(duration(millis), text);
  }
});

test('counts keep to five characters', () => {
  for (const [value, text] of [[0, '0'], [950, '950'], [1234, '1.2k'], [21_185, '21k'], [999_499, '999k'], [3_400_000, '3.4M'], [96_000_000, '96M']] as const) {
    assert.equal(count(value), text);
  }
  assert.equal(digits(1234567), '1\u2009234\u2009567');
});

test('ticks are as precise as they are apart', () => {
  assert.equal(tick(0, 100), '0');
  assert.equal(tick(1500, 500), '1.5 s');
  assert.equal(tick(2000, 1000), '2 s');
  assert.equal(tick(20, 10), '20 ms');
  assert.equal(tick(150_000, 30_000), '2:30');
  assert.equal(tick(3_600_000, 600_000), '1h00');
});

test('ages', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  for (const [seconds, text] of [[1, 'now'], [42, '42 s'], [240, '4 m'], [7300, '2 h'], [200_000, '2 d'], [-5, 'now']] as const) {
    assert.equal(age(now - seconds * 1000, now), text);
  }
  assert.equal(age(Date.parse('2026-01-02T00:00:00Z'), now), '2026-01-02');
});
