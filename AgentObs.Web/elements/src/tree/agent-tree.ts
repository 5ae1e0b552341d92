import css from './tree.css';
import { actionOf, type TreeAction } from './keys.ts';
import { AxisView } from './axis-view.ts';
import { HoverCard } from './hover-card.ts';
import { fitRange, type Span } from './layout.ts';
import { Minimap } from './minimap.ts';
import { RowView, rowHeight } from './row-view.ts';
import { isErrorStop, nextMatch } from './rows.ts';
import { buildParts } from './template.ts';
import { showMessage } from './message.ts';
import { TreeLoader } from './loader.ts';
import { TreeModel } from './tree-model.ts';
import { sessionSource, traceSource, type TreeError } from './tree-source.ts';
import { find } from './find.ts';
import { selectionOf } from './selection.ts';
import { onChanged } from '../live/live-bus.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/** Rows drawn above and below the visible ones, so that a scroll shows no gap before the next frame. */
const overscan = 12;

/**
 * `<agent-tree session-id|trace-id selected>`: the tree of a session, or of one raw trace, with its time bars.
 * Emits `nodeselect` `{ id, node }` when a reader picks a row and when the picked node's data changed; `treeload` after each load.
 */
export class AgentTree extends HTMLElement {
  static readonly observedAttributes = ['session-id', 'trace-id', 'selected'];

  private readonly parts;
  private readonly axisView;
  private readonly minimap;
  private readonly card;
  private readonly loader = new TreeLoader(() => this.model, (error) => this.loaded(error));
  private model = new TreeModel();
  private pool: RowView[] = [];
  private axis: Span = { from: 0, to: 1 };
  private fit = true;
  private selectedId: string | null = null;
  private emitted = '';
  private found = new Set<number>();
  private sourceKey = '';
  private frame = 0;
  private emitTimer = 0;
  private unsubscribe: (() => void) | null = null;
  private shown = false;
  private hovered = -1;
  private revealPending = false;
  private readonly resize = new ResizeObserver(() => this.schedule());

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    this.parts = buildParts(root);
    this.axisView = new AxisView(this.parts.ruler, this.parts.grid);
    this.minimap = new Minimap(this.parts.canvas, this.parts.brush);
    this.card = new HoverCard(this.parts.card);
    this.listen();
  }

  connectedCallback(): void {
    this.fit = localStorage.getItem('agentobs.tree.fit') !== 'off';
    this.resize.observe(this.parts.scroller);
    this.unsubscribe = onChanged((ids) => {
      const id = this.getAttribute('session-id');
      if (ids === null || id === null || ids.includes(id)) this.loader.reload();
    });
    this.openSource();
  }

  disconnectedCallback(): void {
    this.resize.disconnect();
    this.unsubscribe?.();
    this.card.hide();
    this.loader.stop();
    this.sourceKey = '';
  }

  attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (old === value) return;
    if (name === 'selected') this.takeSelected(value);
    else if (this.isConnected) queueMicrotask(() => this.openSource());
  }

  private openSource(): void {
    const session = this.getAttribute('session-id');
    const trace = this.getAttribute('trace-id');
    const source = session ? sessionSource(session) : trace ? traceSource(trace) : null;
    if ((source?.key ?? '') === this.sourceKey || !this.isConnected) return;
    this.sourceKey = source?.key ?? '';
    this.model = new TreeModel();
    this.shown = false;
    this.emitted = '';
    this.selectedId = this.getAttribute('selected');
    this.revealPending = this.selectedId !== null;
    this.parts.scroller.scrollTop = 0;
    this.found.clear();
    showMessage(this.parts.message, source ? { kind: 'loading' } : { kind: 'none' });
    this.schedule();
    if (source) this.loader.open(source);
    else this.loader.stop();
  }

  private loaded(error: TreeError | null): void {
    if (error) {
      // What is on screen stays there: a reader keeps the tree through a restart of the server.
      if (!this.shown) showMessage(this.parts.message, { kind: 'error', error, retry: () => this.loader.reload() });
      return;
    }
    const anchor = this.anchor();
    this.shown = true;
    showMessage(this.parts.message, this.model.data.count === 0 ? { kind: 'empty' } : { kind: 'none' });
    // Nothing picked: the session itself, so that the detail has something to say. The address stays without it.
    if (this.selectedId === null && this.model.data.count > 0) this.selectedId = this.model.data.nodes[0]!.id;
    if (this.revealPending) void this.revealSelected();
    else this.restore(anchor);
    this.search(false);
    this.schedule();
    this.emit(false);
    this.dispatchEvent(new CustomEvent('treeload', { bubbles: true, detail: { nodes: this.model.data.count, errors: this.model.data.errorCount } }));
  }

  private takeSelected(id: string | null): void {
    if (id === this.selectedId) return;
    this.selectedId = id;
    this.revealPending = id !== null;
    if (this.shown && id !== null) void this.revealSelected();
    this.schedule();
    this.emit(false);
  }

  private async revealSelected(): Promise<void> {
    const id = this.selectedId;
    if (id === null) return;
    if (!this.model.reveal(id) && !this.model.hasAll && this.sourceKey.startsWith('session:')) {
      await this.loader.loadAll().catch(() => undefined);
      if (id !== this.selectedId || !this.model.reveal(id)) return;
    }
    this.revealPending = false;
    this.showRow(this.model.rowOf(this.model.data.indexOf(id)), true);
    this.emit(false);
    this.schedule();
  }

  /** The first row on screen, by id: a refresh that adds rows above must not move what is being read. */
  private topId: string | null = null;
  private topOffset = 0;

  private anchor(): { id: string | null; offset: number } {
    return { id: this.parts.scroller.scrollTop > 0 ? this.topId : null, offset: this.topOffset };
  }

  private restore(anchor: { id: string | null; offset: number }): void {
    const index = this.model.data.indexOf(anchor.id);
    this.sizeUp();
    if (index >= 0) this.parts.scroller.scrollTop = this.model.rowOf(index) * rowHeight + anchor.offset;
  }

  private sizeUp(): void {
    const { rows } = this.model;
    this.parts.sizer.style.height = `${rows.length * rowHeight}px`;
    this.parts.table.setAttribute('aria-rowcount', String(rows.length + 1));
  }

  private schedule(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => { this.frame = 0; this.draw(); });
  }

  private draw(): void {
    const { scroller, table, timeHead, sizer } = this.parts;
    const { data, rows } = this.model;
    this.sizeUp();
    const height = scroller.clientHeight;
    const top = scroller.scrollTop;
    const first = Math.floor(top / rowHeight);
    const last = Math.min(rows.length - 1, Math.ceil((top + height) / rowHeight) - 1);
    this.topId = rows.length > 0 ? data.nodes[rows[Math.min(first, rows.length - 1)]!]!.id : null;
    this.topOffset = top - first * rowHeight;
    const from = Math.max(0, first - overscan);
    const to = Math.min(rows.length - 1, last + overscan);

    const whole = { from: data.minTime, to: data.maxTime + (data.maxTime - data.minTime) * 0.01 };
    this.axis = this.fit ? fitRange(data, rows, first, last, whole) : whole;
    const trackWidth = timeHead.clientWidth;
    this.axisView.show(this.axis, data.minTime, trackWidth);
    const minPercent = trackWidth > 0 ? (2 / trackWidth) * 100 : 1;

    const needed = to - from + 1;
    while (this.pool.length < needed) this.pool.push(new RowView(`row-${this.pool.length}`));
    const nameWidth = (this.pool[0]?.root.firstElementChild as HTMLElement | undefined)?.clientWidth || 320;
    const used = new Set<RowView>();
    let active = '';
    for (let row = from; row <= to; row++) {
      const view = this.pool[row % this.pool.length]!;
      used.add(view);
      view.show(this.model, row, nameWidth);
      view.placeBar(data, this.axis, minPercent);
      const selected = data.nodes[view.index]!.id === this.selectedId;
      view.mark(selected, this.found.has(view.index));
      if (selected) active = view.root.id;
      if (!view.root.isConnected) sizer.append(view.root);
    }
    for (const view of this.pool) if (!used.has(view)) view.root.remove();
    if (active) table.setAttribute('aria-activedescendant', active);
    else table.removeAttribute('aria-activedescendant');
    this.minimap.show(data, this.axis, this);
    this.drawTools();
  }

  private drawTools(): void {
    const { errors, folds, fit, map } = this.parts;
    let count = 0;
    const { data } = this.model;
    if (data.count < 20_000 || errors.dataset.for !== String(data.count)) {
      for (let i = 0; i < data.count; i++) if (isErrorStop(data, i)) count++;
      errors.dataset.for = String(data.count);
      const words = count === 1 ? '1 error' : `${count} errors`;
      errors.lastElementChild!.textContent = words;
      errors.setAttribute('aria-label', `${words}: go to the next (e)`);
      errors.hidden = count === 0;
    }
    folds.hidden = !this.model.hasFolds;
    folds.setAttribute('aria-pressed', String(this.model.open.size > 0));
    fit.setAttribute('aria-pressed', String(this.fit));
    map.hidden = data.count < 2;
  }

  private act(action: TreeAction): void {
    const { data, rows } = this.model;
    const page = Math.max(1, Math.floor(this.parts.scroller.clientHeight / rowHeight) - 1);
    const index = data.indexOf(this.selectedId);
    const row = index < 0 ? -1 : this.model.rowOf(index);
    switch (action) {
      case 'up': return this.selectRow(row < 0 ? 0 : row - 1);
      case 'down': return this.selectRow(row + 1);
      case 'pageUp': return this.selectRow(row - page);
      case 'pageDown': return this.selectRow(row + page);
      case 'home': return this.selectRow(0);
      case 'end': return this.selectRow(rows.length - 1);
      case 'open': return index < 0 ? this.selectRow(0) : this.emit(true);
      case 'left':
        if (index < 0) return;
        if (data.hasChildren(index) && !this.model.isCollapsed(index)) return this.change(() => this.model.setCollapsed(index, true));
        return this.selectIndex(data.parent[index]!);
      case 'right':
        if (index < 0) return;
        if (this.model.isCollapsed(index)) return this.change(() => this.model.setCollapsed(index, false));
        return data.hasChildren(index) ? this.selectIndex(index + 1) : undefined;
      case 'expandAll': return this.change(() => this.model.expandAll());
      case 'expandSubtree': return index < 0 ? undefined : this.change(() => this.model.expandSubtree(index));
      case 'collapse': return this.change(() => this.model.collapseLevel());
      case 'fold': return index >= 0 && this.model.canOpenFold(index) ? void this.toggleFold(index) : undefined;
      case 'runtime': return void this.toggleAllFolds();
      case 'nextError': return this.selectIndex(nextMatch(data, index, 1, (i) => isErrorStop(data, i)));
      case 'previousError': return this.selectIndex(nextMatch(data, Math.max(index, 0), -1, (i) => isErrorStop(data, i)));
      case 'find': return this.parts.find.select();
      case 'fit':
        this.fit = !this.fit;
        localStorage.setItem('agentobs.tree.fit', this.fit ? 'on' : 'off');
        return this.schedule();
    }
  }

  /** Rows move, the selected one stays in view where it was in view. */
  private change(what: () => void): void {
    const index = this.model.data.indexOf(this.selectedId);
    const before = this.model.rowOf(index) * rowHeight - this.parts.scroller.scrollTop;
    what();
    this.sizeUp();
    const after = this.model.rowOf(this.model.data.indexOf(this.selectedId));
    if (index >= 0 && before >= 0 && before < this.parts.scroller.clientHeight) this.parts.scroller.scrollTop = after * rowHeight - before;
    this.found = new Set();
    this.search(false);
    this.schedule();
  }

  private async toggleFold(index: number): Promise<void> {
    const id = this.model.data.nodes[index]!.id;
    if (!this.model.hasAll) await this.loader.loadAll().catch(() => undefined);
    const now = this.model.data.indexOf(id);
    if (now >= 0) this.change(() => this.model.toggleFold(now));
  }

  private async toggleAllFolds(): Promise<void> {
    const open = this.model.open.size === 0;
    if (open && !this.model.hasAll) await this.loader.loadAll().catch(() => undefined);
    this.change(() => this.model.setAllFolds(open));
  }

  private selectRow(row: number): void {
    const { rows } = this.model;
    if (rows.length > 0) this.selectIndex(rows[Math.max(0, Math.min(rows.length - 1, row))]!);
  }

  private selectIndex(index: number): void {
    if (index < 0) return;
    this.selectedId = this.model.data.nodes[index]!.id;
    this.model.reveal(this.selectedId);
    this.sizeUp();
    this.showRow(this.model.rowOf(index), false);
    this.schedule();
    // Held arrow keys run through rows; the detail follows when they rest.
    window.clearTimeout(this.emitTimer);
    this.emitTimer = window.setTimeout(() => this.emit(true), 90);
  }

  private showRow(row: number, centre: boolean): void {
    const { scroller } = this.parts;
    if (row < 0) return;
    this.sizeUp();
    const y = row * rowHeight;
    const height = scroller.clientHeight;
    if (y >= scroller.scrollTop && y + rowHeight <= scroller.scrollTop + height) return;
    scroller.scrollTop = centre ? y - height / 2 : y < scroller.scrollTop ? y - rowHeight : y - height + rowHeight * 2;
  }

  /** Tells the page which node is picked, once per change of the node's data; `byReader` repeats it. */
  private emit(byReader: boolean): void {
    const index = this.model.data.indexOf(this.selectedId);
    if (index < 0) return;
    const detail = selectionOf(this.model, index, byReader);
    const key = detail.node;
    if (key === this.emitted && !byReader) return;
    this.emitted = key;
    this.dispatchEvent(new CustomEvent('nodeselect', { bubbles: true, composed: true, detail }));
  }

  private search(jump: boolean): void {
    const text = this.parts.find.value;
    this.found = find(this.model.data, text);
    this.parts.matches.value = text.trim() === '' ? '' : this.found.size === 1 ? '1 match' : `${this.found.size} matches`;
    if (jump && this.found.size > 0) {
      this.selectIndex(nextMatch(this.model.data, this.model.data.indexOf(this.selectedId), 1, (i) => this.found.has(i)));
    }
    this.schedule();
  }

  private listen(): void {
    const { table, scroller, sizer, find: box, errors, expand, collapse, folds, fit } = this.parts;
    scroller.addEventListener('scroll', () => { this.card.hide(); this.schedule(); }, { passive: true });
    table.addEventListener('keydown', (event) => {
      const action = actionOf(event);
      if (action === null) return;
      event.preventDefault();
      this.card.hide();
      this.act(action);
    });
    const viewAt = (event: Event): RowView | undefined => {
      const row = (event.target as Element).closest?.('.row');
      return row ? this.pool.find((view) => view.root === row) : undefined;
    };
    sizer.addEventListener('click', (event) => {
      const view = viewAt(event);
      if (!view) return;
      this.card.hide();
      if (view.isFoldButton(event.target!)) return void this.toggleFold(view.index);
      if (view.isCaret(event.target!)) return this.change(() => this.model.toggle(view.index));
      this.selectIndex(view.index);
    });
    sizer.addEventListener('dblclick', (event) => {
      const view = viewAt(event);
      if (view) this.change(() => this.model.toggle(view.index));
    });
    sizer.addEventListener('pointerover', (event) => {
      const view = viewAt(event);
      if (!view || event.pointerType !== 'mouse' || view.index === this.hovered) return;
      this.hovered = view.index;
      this.card.schedule(this.model.data, view.index, this.model.isRunning(view.index), event.clientX, event.clientY);
    });
    sizer.addEventListener('pointerleave', () => { this.hovered = -1; this.card.hide(); });
    box.addEventListener('input', () => this.search(false));
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') { event.preventDefault(); this.search(true); }
      if (event.key === 'Escape') { event.preventDefault(); box.value = ''; this.search(false); table.focus(); }
      if (event.key === 'ArrowDown') { event.preventDefault(); table.focus(); }
    });
    const tools: [HTMLElement, TreeAction][] = [[errors, 'nextError'], [expand, 'expandAll'], [collapse, 'collapse'], [folds, 'runtime'], [fit, 'fit']];
    for (const [button, action] of tools) button.addEventListener('click', () => this.act(action));
    matchMedia('(forced-colors: active)').addEventListener('change', () => { this.minimap.invalidate(); this.schedule(); });
  }
}
