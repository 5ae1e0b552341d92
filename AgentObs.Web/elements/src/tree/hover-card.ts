import type { TreeData } from './tree-data.ts';
import { kindWords, type Tokens } from './node.ts';
import { digits, duration } from '../shared/format.ts';

/** What a row says when the pointer rests on it. A popover, so that no pane clips it. */
export class HoverCard {
  private timer = 0;

  constructor(private readonly card: HTMLElement) {
    card.popover = 'manual';
  }

  schedule(data: TreeData, index: number, running: boolean, x: number, y: number): void {
    this.hide();
    this.timer = window.setTimeout(() => this.show(data, index, running, x, y), 420);
  }

  hide(): void {
    window.clearTimeout(this.timer);
    if (this.card.matches(':popover-open')) this.card.hidePopover();
  }

  private show(data: TreeData, index: number, running: boolean, x: number, y: number): void {
    const node = data.nodes[index];
    if (!node || !this.card.isConnected) return;
    const lines: [string, string, string?][] = [];
    if (node.status === 'error') lines.push(['error', node.error || 'failed', 'bad']);
    if (node.exitCode !== null && node.exitCode !== undefined) lines.push(['exit code', String(node.exitCode), node.exitCode === 0 ? '' : 'bad']);
    if (node.placeholder) lines.push(['state', running ? 'still running, or its end is on the way' : 'its own span was not received']);
    if ((node.durationNano ?? 0) > 0) lines.push(['took', duration(node.durationNano! / 1e6)]);
    if (!Number.isNaN(data.start[index]!)) lines.push(['began', `${duration(data.start[index]! - data.minTime)} after the start`]);
    const tokens = node.totalTokens ?? node.tokens;
    if (tokens && data.totalTokens[index]! > 0) lines.push(['tokens', tokenWords(tokens)]);
    if ((node.folded?.spans ?? 0) > 0) {
      lines.push(['folded', `${node.folded!.spans} runtime spans${node.folded!.errors ? `, ${node.folded!.errors} errors` : ''} (o opens them)`]);
    }
    if (node.task) lines.push(['task', node.task]);
    if (node.edge) lines.push([node.edge.grade, (node.edge.evidence ?? []).join('; ') || 'no evidence recorded', node.edge.grade]);
    const head = document.createElement('header');
    const title = document.createElement('strong');
    title.textContent = node.name;
    const kind = document.createElement('span');
    kind.textContent = [kindWords[node.kind] ?? node.kind, node.agent].filter(Boolean).join(' · ');
    head.append(title, kind);
    const list = document.createElement('dl');
    for (const [term, text, className] of lines) {
      const dt = document.createElement('dt');
      dt.textContent = term;
      const dd = document.createElement('dd');
      dd.textContent = text.length > 300 ? `${text.slice(0, 300)}…` : text;
      if (className) dd.className = className;
      list.append(dt, dd);
    }
    const detail = document.createElement('code');
    detail.textContent = node.detail ? node.detail.slice(0, 500) : '';
    detail.hidden = !node.detail;
    this.card.replaceChildren(head, detail, list);
    this.card.showPopover();
    const box = this.card.getBoundingClientRect();
    this.card.style.left = `${Math.max(8, Math.min(x + 14, innerWidth - box.width - 8))}px`;
    this.card.style.top = `${y + 20 + box.height < innerHeight ? y + 20 : Math.max(8, y - box.height - 12)}px`;
  }
}

const tokenWords = (t: Tokens): string =>
  ([['in', t.input], ['cache read', t.cacheRead], ['cache write', t.cacheWrite], ['out', t.output], ['reasoning', t.reasoning]] as const)
    .filter(([, value]) => value > 0)
    .map(([word, value]) => `${digits(value)} ${word}`)
    .join(', ');
