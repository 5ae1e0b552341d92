import type { TreeNode } from './node.ts';
import type { SessionFacts, TreeAnswer } from './tree-source.ts';
import { TreeData } from './tree-data.ts';
import { foldOf, openFolds } from './fold.ts';
import * as rows from './rows.ts';

/** Counts across all models: a row that showed another tree is never taken for this one's. */
let versions = 0;

/** More rows than this start partly collapsed. */
const openBudget = 400;

/**
 * What the element shows, without the element: the nodes, which of them are collapsed, which folds are open, the rows
 * that result. All state goes by node id, so a refresh keeps it.
 */
export class TreeModel {
  data = new TreeData([]);
  rows: Int32Array = new Int32Array(0);
  session: SessionFacts | null = null;
  /** Grows with every change of what rows show. */
  version = 0;
  readonly open = new Set<string>();
  private kept: readonly TreeNode[] = [];
  private all: readonly TreeNode[] | null = null;
  private collapsed = new Set<string>();
  private fresh = true;

  get hasAll(): boolean { return this.all !== null; }

  /** Takes a folded answer, and the unfolded one where a fold is open. */
  take(folded: TreeAnswer, all: TreeAnswer | null): void {
    this.kept = folded.nodes;
    this.session = folded.session;
    this.all = all ? all.nodes : this.open.size > 0 ? this.all : null;
    this.rebuild();
    if (this.fresh && this.data.count > 0) {
      this.collapsed = rows.initialCollapsed(this.data, openBudget);
      this.fresh = false;
      this.layout();
    }
  }

  takeAll(all: TreeAnswer): void {
    this.all = all.nodes;
    this.rebuild();
  }

  isCollapsed(index: number): boolean { return this.data.hasChildren(index) && this.collapsed.has(this.data.nodes[index]!.id); }

  canOpenFold(index: number): boolean { return (this.data.nodes[index]?.folded?.spans ?? 0) > 0; }

  isFoldOpen(index: number): boolean { return this.open.has(this.data.nodes[index]!.id); }

  toggleFold(index: number): void {
    const id = this.data.nodes[index]!.id;
    if (!this.open.delete(id)) {
      this.open.add(id);
      this.collapsed.delete(id);
    }
    this.rebuild();
  }

  setAllFolds(open: boolean): void {
    this.open.clear();
    if (open) for (const node of this.kept) if ((node.folded?.spans ?? 0) > 0) this.open.add(node.id);
    this.rebuild();
  }

  get hasFolds(): boolean { return this.kept.some((node) => (node.folded?.spans ?? 0) > 0); }

  toggle(index: number): void { this.setCollapsed(index, !this.isCollapsed(index)); }

  setCollapsed(index: number, collapsed: boolean): void {
    const id = this.data.nodes[index]!.id;
    if (collapsed) this.collapsed.add(id);
    else this.collapsed.delete(id);
    this.layout();
  }

  expandSubtree(index: number): void {
    rows.expandSubtree(this.data, index, this.collapsed);
    this.layout();
  }

  expandAll(): void {
    this.collapsed.clear();
    this.layout();
  }

  collapseLevel(): void {
    rows.collapseLevel(this.data, this.rows, this.collapsed);
    this.layout();
  }

  /** Makes a node visible; true when it is in the tree. A span inside a closed fold opens that fold (`all` must be there). */
  reveal(id: string): boolean {
    if (this.data.indexOf(id) < 0 && this.all) {
      const fold = foldOf(this.kept, this.all, id);
      if (fold !== null && this.all.some((node) => node.id === id)) {
        this.open.add(fold);
        this.rebuild();
      }
    }
    const index = this.data.indexOf(id);
    if (index < 0) return false;
    if (rows.reveal(this.data, index, this.collapsed)) this.layout();
    return true;
  }

  /** Row of a node, or of the nearest ancestor that shows; -1 for none. */
  rowOf(index: number): number {
    if (index < 0) return -1;
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.rows[middle]! <= index) low = middle;
      else high = middle - 1;
    }
    return this.rows.length === 0 ? -1 : low;
  }

  /** A node that is still going on: its own span has not come, and its session is alive. */
  isRunning(index: number): boolean {
    const state = this.session?.state;
    if (state !== 'running' && state !== 'waiting') return false;
    const node = this.data.nodes[index]!;
    return node.placeholder === true || node.kind === 'session';
  }

  private rebuild(): void {
    this.data = new TreeData(openFolds(this.kept, this.all, this.open));
    this.layout();
  }

  private layout(): void {
    this.rows = rows.visibleRows(this.data, this.collapsed);
    this.version = ++versions;
  }
}
