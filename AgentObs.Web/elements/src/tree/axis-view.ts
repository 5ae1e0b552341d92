import type { Span } from './layout.ts';
import { ticks } from './layout.ts';
import { tick } from '../shared/format.ts';

/** The ruler over the bars: times since the start of the session, and the grid lines the rows share. */
export class AxisView {
  private key = '';

  constructor(private readonly ruler: HTMLElement, private readonly grid: HTMLElement) {}

  show(axis: Span, zero: number, width: number): void {
    const key = `${axis.from} ${axis.to} ${width}`;
    if (key === this.key) return;
    this.key = key;
    const length = axis.to - axis.from;
    const positions = ticks(axis, zero, Math.max(2, Math.floor(width / 72)));
    const step = positions.length > 1 ? positions[1]! - positions[0]! : length;
    const labels: Node[] = [];
    const lines: Node[] = [];
    for (const at of positions) {
      const left = `${((at - axis.from) / length) * 100}%`;
      const line = document.createElement('i');
      line.style.left = left;
      lines.push(line);
      const label = document.createElement('span');
      label.textContent = tick(at - zero, step);
      label.style.left = left;
      if ((at - axis.from) / length > 0.9) label.className = 'end';
      labels.push(label);
    }
    this.ruler.replaceChildren(...labels);
    this.grid.replaceChildren(...lines);
  }
}
