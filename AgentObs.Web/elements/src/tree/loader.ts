import type { TreeModel } from './tree-model.ts';
import { TreeError, type TreeSource } from './tree-source.ts';

/**
 * Loads and reloads one tree: never two requests at once, a reload asked for meanwhile follows, and a big tree is asked
 * for less often than a small one (its load time bounds the rate).
 */
export class TreeLoader {
  private source: TreeSource | null = null;
  private running: AbortController | null = null;
  private again = false;
  private timer = 0;
  private cost = 0;
  private finished = 0;

  constructor(private readonly model: () => TreeModel, private readonly done: (error: TreeError | null) => void) {}

  open(source: TreeSource): void {
    this.stop();
    this.source = source;
    this.cost = 0;
    void this.run();
  }

  stop(): void {
    this.running?.abort();
    this.running = null;
    this.again = false;
    window.clearTimeout(this.timer);
    this.source = null;
  }

  reload(): void {
    if (!this.source) return;
    if (this.running) { this.again = true; return; }
    window.clearTimeout(this.timer);
    const wait = Math.max(0, Math.max(250, this.cost * 4) - (performance.now() - this.finished));
    this.timer = window.setTimeout(() => void this.run(), wait);
  }

  /** Fetches every span, for a fold that opens. */
  async loadAll(): Promise<void> {
    const source = this.source;
    if (!source?.canUnfold) return;
    const all = await source.load(false, new AbortController().signal);
    if (source === this.source) this.model().takeAll(all);
  }

  private async run(): Promise<void> {
    const source = this.source;
    if (!source) return;
    const control = (this.running = new AbortController());
    const began = performance.now();
    let failure: TreeError | null = null;
    try {
      const model = this.model();
      const folded = await source.load(true, control.signal);
      const all = source.canUnfold && model.open.size > 0 ? await source.load(false, control.signal) : null;
      if (control.signal.aborted) return;
      model.take(folded, all);
    } catch (error) {
      if (control.signal.aborted) return;
      failure = error instanceof TreeError ? error : new TreeError(String(error), 0, 'See the browser console.');
    }
    this.running = null;
    this.finished = performance.now();
    this.cost = this.finished - began;
    this.done(failure);
    if (failure && failure.status !== 404) this.timer = window.setTimeout(() => void this.run(), 2000);
    else if (this.again) {
      this.again = false;
      this.reload();
    }
  }
}
