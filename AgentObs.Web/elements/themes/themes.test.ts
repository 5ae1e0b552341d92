import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrast } from './contrast.ts';
import { neon } from './neon.ts';
import { cssOfThemes, failuresOf } from './write-themes.ts';

test('contrast is WCAG\'s', () => {
  assert.ok(Math.abs(contrast('#000000', '#ffffff') - 21) < 1e-9);
  assert.ok(Math.abs(contrast('#777777', '#ffffff') - 4.48) < 0.01);
});

test('the themes pass, and a theme with a pair too close does not', () => {
  assert.deepEqual(failuresOf(neon), []);
  assert.match(failuresOf({ ...neon, error: '#550000' }).join(), /error #550000/);
});

test('blocks win over the library by specificity and are no theme of its names', () => {
  const css = cssOfThemes();
  assert.match(css, /^html\[data-theme="neon"\]\{color-scheme:dark;/m);
  assert.match(css, /--colorNeutralBackground1:#0f0a1f/);
  assert.doesNotMatch(css, /url\(|undefined|NaN/);
});
