import fluent from '@fluentui/tokens';
import { contrast, mix } from './contrast.ts';
import { neon } from './neon.ts';
import type { Theme } from './theme.ts';

const themes = [neon];

/** The stylesheet of all themes. Throws, and so fails the build, where two colours that meet are too close. */
export function cssOfThemes(): string {
  const failures = themes.flatMap(failuresOf);
  if (failures.length > 0) throw new Error(`themes: contrast too low\n  ${failures.join('\n  ')}`);
  return `/* Written by build.mjs from elements/themes: change those. */\n${themes.map(cssOf).join('\n')}\n`;
}

/** What the theme's colours must keep: body text 7:1 on panes, all text 4.5:1, marks and focus 3:1. */
export function failuresOf(theme: Theme): string[] {
  const failures: string[] = [];
  const need = (what: string, a: string, b: string, least: number): void => {
    const got = contrast(a, b);
    if (got < least) failures.push(`${theme.name}: ${what} ${a} on ${b} is ${got.toFixed(2)}, needs ${least}`);
  };
  for (const surface of [...theme.surfaces, theme.selected]) {
    need('text', theme.text[0], surface, 7);
    need('muted text', theme.text[1], surface, 4.5);
    need('faint text', theme.text[2], surface, 4.5);
    need('error', theme.error, surface, 4.5);
    need('focus', theme.accent2, surface, 3);
    need('inferred', theme.yellow, surface, 4.5);
    need('proven', theme.green, surface, 4.5);
    for (const [kind, colour] of Object.entries({ ...theme.kinds, ...theme.agents })) need(`kind ${kind}`, colour, surface, 3);
  }
  need('accent as text', theme.accent, theme.surfaces[1], 4.5);
  need('text on accent', theme.onAccent, theme.accent, 4.5);
  return failures;
}

function cssOf(theme: Theme): string {
  const [bg0, bg1, bg2, bg3] = theme.surfaces;
  const own: Record<string, string> = {
    'ao-bg-0': bg0, 'ao-bg-1': bg1, 'ao-bg-2': bg2, 'ao-bg-3': bg3,
    'ao-selected': theme.selected, 'ao-line': theme.line, 'ao-line-strong': theme.lineStrong,
    'ao-text': theme.text[0], 'ao-text-2': theme.text[1], 'ao-text-3': theme.text[2],
    'ao-accent': theme.accent, 'ao-cyan': theme.accent2, 'ao-yellow': theme.yellow, 'ao-green': theme.green, 'ao-error': theme.error,
    'ao-focus': theme.accent2,
  };
  for (const [kind, colour] of Object.entries(theme.kinds)) own[`ao-kind-${kind}`] = colour;
  for (const [agent, colour] of Object.entries(theme.agents)) own[`ao-agent-${agent}`] = colour;
  for (const [bucket, colour] of Object.entries(theme.tokens)) own[`ao-token-${bucket}`] = colour;
  const all = { ...fluentTokens(theme), ...own };
  // Specificity (0,1,1) wins over the sheet the Fluent library adds at start; a :where() or a layer would not.
  return `html[data-theme="${theme.name}"]{color-scheme:${theme.dark ? 'dark' : 'light'};${Object.entries(all).map(([k, v]) => `--${k}:${v}`).join(';')}}`;
}

/** Fluent's own dark theme over a ramp of the accent, its greys replaced by the palette's surfaces and lines. */
function fluentTokens(theme: Theme): Record<string, string> {
  const shades = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160] as const;
  const ramp = Object.fromEntries(shades.map((shade, i) => {
    const at = i / (shades.length - 1);
    return [shade, at < 0.5 ? mix(theme.surfaces[0], theme.accent2, at * 1.7) : mix(theme.accent2, '#ffffff', (at - 0.5) * 1.4)];
  })) as Record<(typeof shades)[number], string>;
  const base = (theme.dark ? fluent.createDarkTheme(ramp) : fluent.createLightTheme(ramp)) as unknown as Record<string, string>;
  const [bg0, bg1, bg2, bg3] = theme.surfaces;
  const overrides: Record<string, string> = {
    fontFamilyBase: 'var(--ao-font)', fontFamilyMonospace: 'var(--ao-mono)', fontFamilyNumeric: 'var(--ao-font)',
    borderRadiusSmall: '2px', borderRadiusMedium: '2px', borderRadiusLarge: '2px', borderRadiusXLarge: '3px',
    colorNeutralForeground1: theme.text[0], colorNeutralForeground2: theme.text[1], colorNeutralForeground3: theme.text[1], colorNeutralForeground4: theme.text[2],
    colorNeutralForegroundDisabled: theme.lineStrong, colorNeutralForegroundOnBrand: theme.onAccent,
    colorStrokeFocus1: bg0, colorStrokeFocus2: theme.accent2,
    colorStatusDangerForeground1: theme.error, colorStatusDangerForeground2: theme.error, colorStatusDangerForeground3: theme.error,
    colorPaletteRedForeground1: theme.error, colorPaletteRedForeground3: theme.error,
    'highlight-bg': mix(bg2, theme.yellow, 0.3), 'datagrid-hover-color': bg3, 'nav-bg-color': bg1,
  };
  for (const [level, colour] of [[1, bg1], [2, bg0], [3, bg0], [4, bg0], [5, bg0], [6, bg2]] as const) {
    overrides[`colorNeutralBackground${level}`] = colour;
    overrides[`colorNeutralBackground${level}Hover`] = bg3;
    overrides[`colorNeutralBackground${level}Pressed`] = bg2;
    overrides[`colorNeutralBackground${level}Selected`] = theme.selected;
  }
  for (const state of ['', 'Hover', 'Pressed', 'Selected']) {
    overrides[`colorSubtleBackground${state}`] = state === '' ? 'transparent' : bg3;
    overrides[`colorNeutralForeground2${state}`] = state === '' ? theme.text[1] : theme.text[0];
    overrides[`colorNeutralForeground2Brand${state}`] = theme.accent2;
    overrides[`colorNeutralStroke1${state}`] = theme.lineStrong;
    overrides[`colorCompoundBrandForeground1${state}`] = theme.accent2;
    overrides[`colorCompoundBrandStroke${state}`] = theme.accent2;
    overrides[`colorCompoundBrandBackground${state}`] = theme.accent2;
    overrides[`colorBrandBackground${state}`] = state === '' ? theme.accent : mix(theme.accent, '#ffffff', 0.12);
  }
  for (const level of ['2', '3', 'Subtle', 'OnBrand']) overrides[`colorNeutralStroke${level}`] = theme.line;
  overrides.colorNeutralStrokeAccessible = theme.text[2];
  overrides.colorNeutralStrokeAccessibleHover = theme.text[1];
  overrides.colorNeutralStrokeDisabled = theme.line;
  return { ...base, ...overrides };
}
