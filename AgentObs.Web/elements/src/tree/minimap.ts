import type { TreeData } from './tree-data.ts';
import type { Span } from './layout.ts';

const height = 30;
const lanes = 9;

/** The whole session on one strip: what ran when, where it failed, and which part the rows' axis shows. */
export class Minimap {
  private drawn: TreeData | null = null;
  private width = 0;

  constructor(private readonly canvas: HTMLCanvasElement, private readonly brush: HTMLElement) {}

  show(data: TreeData, axis: Span, host: Element): void {
    const length = data.maxTime - data.minTime || 1;
    const from = Math.max(0, (axis.from - data.minTime) / length);
    const to = Math.min(1, (axis.to - data.minTime) / length);
    this.brush.style.left = `${from * 100}%`;
    this.brush.style.width = `${Math.max(0.3, (to - from) * 100)}%`;
    this.brush.hidden = from <= 0.001 && to >= 0.999;
    const width = Math.round(this.canvas.clientWidth);
    if ((data === this.drawn && width === this.width) || width === 0) return;
    this.drawn = data;
    this.width = width;
    this.paint(data, length, width, host);
  }

  /** Colours may have changed (theme, forced colours). */
  invalidate(): void { this.drawn = null; }

  private paint(data: TreeData, length: number, width: number, host: Element): void {
    const scale = Math.min(2, devicePixelRatio || 1);
    this.canvas.width = width * scale;
    this.canvas.height = height * scale;
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.scale(scale, scale);
    const style = getComputedStyle(host);
    const colour = (kind: string): string => style.getPropertyValue(`--ao-kind-${kind}`).trim() || '#888';
    const palette = new Map<string, string>();
    const error = style.getPropertyValue('--ao-error').trim() || 'red';
    // Of a hundred thousand spans most fall on pixels already painted: one mark a lane and pixel is enough.
    const painted = new Uint8Array(width * lanes);
    for (let i = 0; i < data.count; i++) {
      const node = data.nodes[i]!;
      if (Number.isNaN(data.start[i]!)) continue;
      const x = Math.min(width - 1, Math.floor(((data.start[i]! - data.minTime) / length) * width));
      const w = Math.max(1, Math.round(((data.end[i]! - data.start[i]!) / length) * width));
      const lane = Math.min(lanes - 1, data.depth[i]!);
      const failed = node.status === 'error';
      if (!failed && w === 1 && painted[lane * width + x]) continue;
      if (w === 1) painted[lane * width + x] = 1;
      let fill = palette.get(node.kind);
      if (fill === undefined) palette.set(node.kind, (fill = colour(node.kind)));
      context.fillStyle = failed ? error : fill;
      context.globalAlpha = failed ? 1 : lane < 2 ? 0.35 : 0.8;
      context.fillRect(x, 2 + lane * 3, Math.max(failed ? 2 : 1, w), 2);
    }
  }
}
