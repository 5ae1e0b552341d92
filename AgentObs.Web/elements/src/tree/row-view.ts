import type { TreeData } from './tree-data.ts';
import type { TreeModel } from './tree-model.ts';
import type { TreeNode } from './node.ts';
import { kindWords } from './node.ts';
import { barOf, indentOf, type Span } from './layout.ts';
import { caretIcon, icon, kindIcon, warnIcon } from './icons.ts';
import { count, duration } from '../shared/format.ts';

export const rowHeight = 24;

/** Space left of the first level's caret. */
const gutter = 6;

const element = (tag: string, className: string, parent: Element, role?: string): HTMLElement => {
  const result = document.createElement(tag);
  result.className = className;
  if (role) result.setAttribute('role', role);
  parent.append(result);
  return result;
};

/** One row of the treegrid. A few dozen of them are reused for however many nodes there are. */
export class RowView {
  readonly root = document.createElement('div');
  index = -1;
  row = -1;
  private shown = '';
  private readonly lines: SVGPathElement;
  private readonly dashed: SVGPathElement;
  private readonly lineBox: SVGSVGElement;
  private readonly main: HTMLElement;
  private readonly caret: SVGSVGElement;
  private readonly shape: SVGPathElement;
  private readonly label: HTMLElement;
  private readonly badge: HTMLElement;
  private readonly detail: HTMLElement;
  private readonly fold: HTMLButtonElement;
  private readonly foldError: HTMLElement;
  private readonly foldText: HTMLElement;
  private readonly self: HTMLElement;
  private readonly total: HTMLElement;
  private readonly time: HTMLElement;
  private readonly track: HTMLElement;
  private readonly bar: HTMLElement;

  constructor(id: string) {
    this.root.id = id;
    this.root.className = 'row';
    this.root.setAttribute('role', 'row');
    const name = element('div', 'cell name', this.root, 'gridcell');
    this.lineBox = icon('', 'lines');
    this.lineBox.removeAttribute('viewBox');
    this.lines = this.lineBox.firstElementChild as SVGPathElement;
    this.dashed = this.lines.cloneNode() as SVGPathElement;
    this.dashed.setAttribute('class', 'dashed');
    this.lineBox.append(this.dashed);
    name.append(this.lineBox);
    this.main = element('div', 'main', name);
    this.caret = icon(caretIcon, 'caret');
    const kind = icon('', 'kind');
    this.shape = kind.firstElementChild as SVGPathElement;
    const warn = icon(warnIcon, 'warn');
    this.main.append(this.caret, kind, warn);
    this.label = element('span', 'label', this.main);
    this.badge = element('span', 'badge', this.main);
    this.detail = element('span', 'detail', this.main);
    this.fold = element('button', 'fold', this.main) as HTMLButtonElement;
    this.fold.tabIndex = -1;
    this.foldText = element('span', '', this.fold);
    this.foldError = element('b', '', this.fold);
    const tokens = element('div', 'cell tokens', this.root, 'gridcell');
    this.self = element('span', 'self', tokens);
    this.total = element('span', 'total', tokens);
    this.time = element('div', 'cell duration', this.root, 'gridcell');
    this.track = element('div', 'cell track', this.root, 'gridcell');
    this.bar = element('div', 'bar', this.track);
  }

  /** Fills the row with a node. Text only ever goes in as text: names and details are what agents wrote. */
  show(model: TreeModel, row: number, nameWidth: number): void {
    const data = model.data;
    const index = model.rows[row]!;
    const node = data.nodes[index]!;
    this.index = index;
    this.row = row;
    // A scroll moves few rows in and leaves most as they are.
    const key = `${model.version} ${index} ${row} ${nameWidth}`;
    if (key === this.shown) return;
    this.shown = key;
    const { root } = this;
    const collapsed = model.isCollapsed(index);
    root.style.transform = `translateY(${row * rowHeight}px)`;
    root.dataset.nodeId = node.id;
    root.dataset.kind = node.kind;
    root.dataset.status = node.status;
    root.dataset.agent = node.agent ?? '';
    root.classList.toggle('error', node.status === 'error');
    root.classList.toggle('placeholder', node.placeholder === true);
    root.classList.toggle('running', model.isRunning(index));
    root.classList.toggle('leaf', !data.hasChildren(index));
    root.classList.toggle('collapsed', collapsed);
    root.setAttribute('aria-level', String(data.depth[index]! + 1));
    root.setAttribute('aria-rowindex', String(row + 2));
    if (data.hasChildren(index)) root.setAttribute('aria-expanded', String(!collapsed));
    else root.removeAttribute('aria-expanded');

    const indent = gutter + indentOf(data.depth[index]!, nameWidth);
    this.main.style.paddingLeft = `${indent}px`;
    this.drawLines(data, index, nameWidth, node.edge?.grade === 'inferred');
    this.shape.setAttribute('d', kindIcon[node.kind] ?? kindIcon.span);
    this.label.textContent = node.name || kindWords[node.kind] || node.kind;
    this.badge.textContent = badgeOf(node);
    const detail = node.detail === node.name ? '' : node.detail ?? '';
    this.detail.textContent = oneLine(detail === '' && node.status === 'error' ? node.error ?? '' : detail);
    this.showFold(node, model.canOpenFold(index), model.isFoldOpen(index), nameWidth < 400);

    const self = data.selfTokens[index]!;
    const total = data.totalTokens[index]!;
    this.self.textContent = self > 0 && self !== total ? `${count(self)} / ` : '';
    this.total.textContent = total > 0 ? count(total) : '';
    this.time.textContent = (node.durationNano ?? 0) > 0 ? duration(node.durationNano! / 1e6) : '';
  }

  placeBar(data: TreeData, axis: Span, minPercent: number): void {
    const bar = barOf(data.start[this.index]!, data.end[this.index]!, axis, minPercent);
    this.bar.hidden = bar === null;
    if (bar === null) return;
    this.bar.style.left = `${bar.left}%`;
    this.bar.style.width = `${bar.width}%`;
    this.bar.classList.toggle('cut-left', bar.cutLeft);
    this.bar.classList.toggle('cut-right', bar.cutRight);
  }

  mark(selected: boolean, found: boolean): void {
    this.root.setAttribute('aria-selected', String(selected));
    this.root.classList.toggle('found', found);
  }

  get isFoldButton(): (target: EventTarget) => boolean {
    return (target) => target instanceof Node && this.fold.contains(target);
  }

  get isCaret(): (target: EventTarget) => boolean {
    return (target) => target instanceof Node && this.caret.contains(target);
  }

  private showFold(node: TreeNode, canOpen: boolean, open: boolean, short: boolean): void {
    this.fold.hidden = !canOpen;
    if (!canOpen) return;
    const { spans, errors } = node.folded!;
    const what = `${spans} runtime span${spans === 1 ? '' : 's'}`;
    // Words where they tell something: a fold of one span beside every model call would be noise.
    const brief = short || (spans < 20 && errors === 0);
    this.foldText.textContent = `${open ? '−' : '+'}${brief ? spans : what}`;
    this.fold.title = `${open ? 'Fold' : 'Open'} ${what}${errors > 0 ? `, ${errors} failed` : ''} (o)`;
    this.foldError.textContent = errors > 0 ? `${errors} error${errors === 1 ? '' : 's'}` : '';
    this.fold.setAttribute('aria-label', `${this.foldText.textContent} ${this.foldError.textContent} ${brief ? 'runtime spans' : ''}`.trim());
    this.fold.setAttribute('aria-expanded', String(open));
  }

  /** The tree's lines: one for each open ancestor with a later sibling, and the elbow of this node, dashed where inferred. */
  private drawLines(data: TreeData, index: number, nameWidth: number, inferred: boolean): void {
    const middle = rowHeight / 2;
    let solid = '';
    let dash = '';
    let child = index;
    for (let at = data.parent[index]!; at >= 0; child = at, at = data.parent[at]!) {
      const x = gutter + indentOf(data.depth[at]!, nameWidth) + 6.5;
      const more = child + data.size[child]! < at + data.size[at]!;
      if (child === index) {
        const end = gutter + indentOf(data.depth[index]!, nameWidth) + (data.hasChildren(index) ? 0 : 10);
        const elbow = `M${x} 0V${middle}H${end}`;
        if (inferred) dash += elbow;
        else solid += elbow;
        if (more) solid += `M${x} ${middle}V${rowHeight}`;
      } else if (more) {
        solid += `M${x} 0V${rowHeight}`;
      }
    }
    this.lines.setAttribute('d', solid);
    this.dashed.setAttribute('d', dash);
  }
}

/** A short word beside the name: the agent of a run, attempts, an exit code. */
const badgeOf = (node: TreeNode): string => {
  const words: string[] = [];
  if (node.kind === 'agent_run' && node.agent && node.agent !== node.name) words.push(node.agent);
  if ((node.attempts ?? 1) > 1) words.push(`${node.attempts} attempts`);
  if (node.exitCode !== null && node.exitCode !== undefined && node.exitCode !== 0) words.push(`exit ${node.exitCode}`);
  return words.join(' · ');
};

const oneLine = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)}…` : text).replace(/\s+/g, ' ').trim();
