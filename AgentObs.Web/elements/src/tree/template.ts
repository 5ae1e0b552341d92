import { icon } from './icons.ts';

const tool = (name: string, title: string, path: string, text: string): HTMLButtonElement => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'tool';
  button.dataset.tool = name;
  button.title = title;
  button.setAttribute('aria-label', title);
  button.append(icon(path, 'glyph'));
  const label = document.createElement('span');
  label.textContent = text;
  button.append(label);
  return button;
};

const div = (className: string, ...children: Node[]): HTMLDivElement => {
  const result = document.createElement('div');
  result.className = className;
  result.append(...children);
  return result;
};

/** The parts of `<agent-tree>`'s shadow DOM that the element talks to. */
export function buildParts(root: ShadowRoot) {
  const find = document.createElement('input');
  find.type = 'search';
  find.id = 'find';
  find.placeholder = 'Find in tree  ( / )';
  find.setAttribute('aria-label', 'Find in tree');
  find.autocomplete = 'off';
  find.spellcheck = false;
  const matches = document.createElement('output');
  matches.id = 'matches';
  const errors = tool('errors', 'Next error (e)', 'M8 2.2 14.4 13.4H1.6zM8 6.4v3.4M8 11.4v.6', '');
  const expand = tool('expand', 'Expand all (*)', 'M4 6.2 8 10l4-3.8', 'Expand');
  const collapse = tool('collapse', 'Collapse one level (-)', 'M4 9.8 8 6l4 3.8', 'Collapse');
  const folds = tool('folds', 'Show runtime spans (r)', 'M3 4h10M5 8h8M7 12h6', 'Runtime');
  const fit = tool('fit', 'Fit the time axis to the visible rows (t)', 'M2 4v8M14 4v8M4.5 8h7M6.4 6 4.5 8l1.9 2M9.6 6l1.9 2-1.9 2', 'Fit');
  const spacer = div('spacer');
  const bar = div('toolbar', find, matches, spacer, errors, folds, expand, collapse, fit);
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', 'Tree');

  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  const brush = div('brush');
  const map = div('minimap', canvas, brush);

  const ruler = div('ruler');
  const heads = ['Name', 'Tokens', 'Duration'].map((text) => {
    const head = div(`head ${text.toLowerCase()}`);
    head.textContent = text;
    head.setAttribute('role', 'columnheader');
    return head;
  });
  const timeHead = div('head time', ruler);
  timeHead.setAttribute('role', 'columnheader');
  timeHead.setAttribute('aria-label', 'Time');
  const header = div('header', ...heads, timeHead);
  header.setAttribute('role', 'row');
  header.setAttribute('aria-rowindex', '1');

  const grid = div('lanes');
  const gridlines = div('gridlines', grid);
  const sizer = div('sizer');
  sizer.setAttribute('role', 'rowgroup');
  const scroller = div('scroller', sizer);
  scroller.setAttribute('role', 'presentation');
  const table = div('table', header, gridlines, scroller);
  table.id = 'grid';
  table.tabIndex = 0;
  table.setAttribute('role', 'treegrid');
  table.setAttribute('aria-label', 'Agent tree');
  table.setAttribute('aria-colcount', '4');

  const message = div('message');
  message.setAttribute('role', 'status');
  const card = div('card');
  card.setAttribute('role', 'tooltip');
  root.append(bar, map, table, message, card);
  return { find, matches, errors, expand, collapse, folds, fit, bar, map, canvas, brush, ruler, timeHead, grid, sizer, scroller, table, message, card };
}

export type Parts = ReturnType<typeof buildParts>;
