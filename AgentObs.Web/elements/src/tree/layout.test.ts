import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barOf, fitRange, indentOf, ticks } from './layout.ts';

test('indent grows with every level and leaves the name 60 % of the column', () => {
  for (const width of [160, 320, 600]) {
    for (let depth = 1; depth < 60; depth++) {
      assert.ok(indentOf(depth, width) > indentOf(depth - 1, width));
      assert.ok(indentOf(depth, width) <= width * 0.4);
    }
  }
  assert.equal(indentOf(3, 400), 48);
});

test('fit covers the rows in view and nothing else', () => {
  const data = { start: Float64Array.of(0, 100, 200, 900), end: Float64Array.of(1000, 150, 260, 950), size: Int32Array.of(4, 1, 1, 1) };
  const whole = { from: 0, to: 1000 };
  const range = fitRange(data, Int32Array.of(0, 1, 2, 3), 1, 2, whole);
  assert.ok(range.from <= 100 && range.from > 90 && range.to >= 260 && range.to < 270);
  assert.equal(fitRange(data, new Int32Array(0), 0, 5, whole), whole);
  // The root counts when all it holds is in view, and not while it goes on below.
  assert.ok(fitRange(data, Int32Array.of(0, 1, 2, 3), 0, 3, whole).to >= 1000);
  assert.ok(fitRange(data, Int32Array.of(0, 1, 2, 3), 0, 2, whole).to < 300);
});

test('bars are cut at the axis and never vanish', () => {
  const axis = { from: 100, to: 200 };
  assert.deepEqual(barOf(0, 300, axis, 1), { left: 0, width: 100, cutLeft: true, cutRight: true });
  assert.equal(barOf(0, 50, axis, 1), null);
  assert.equal(barOf(NaN, NaN, axis, 1), null);
  const thin = barOf(200, 200, axis, 2)!;
  assert.deepEqual([thin.left, thin.width], [98, 2]);
});

test('ticks are round, in range, at least two', () => {
  for (const [from, to] of [[0, 42_000], [0, 3480], [10, 10.4], [0, 8 * 3600e3], [500, 90e3]] as const) {
    const marks = ticks({ from, to }, 0, 3);
    assert.ok(marks.length >= 2 && marks.length < 9, `${from}-${to}: ${marks.join()}`);
    assert.ok(marks.every((m) => m >= from && m <= to));
  }
  assert.deepEqual(ticks({ from: 0, to: 0 }, 0, 3), []);
});
