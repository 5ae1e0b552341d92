/**
 * `<split-pane name="list" min="240" max="640" default="340" side="left|right">`: a separator between two panes. It sets the CSS
 * variable `--split-<name>` (pixels) on its parent and keeps it per browser. Mouse, touch, and keys: arrows 16 px,
 * with shift 64 px, Home and End the limits, Enter the default.
 */
export class SplitPane extends HTMLElement {
  private width = 0;

  connectedCallback(): void {
    this.tabIndex = 0;
    this.setAttribute('role', 'separator');
    this.setAttribute('aria-orientation', 'vertical');
    this.setAttribute('aria-valuemin', String(this.min));
    this.setAttribute('aria-valuemax', String(this.max));
    const stored = Number(localStorage.getItem(this.key));
    if (stored > 0) this.set(stored);
    else this.setAttribute('aria-valuenow', String(this.default));
    this.addEventListener('pointerdown', this.down);
    this.addEventListener('keydown', this.keydown);
    this.addEventListener('dblclick', this.reset);
  }

  disconnectedCallback(): void {
    this.removeEventListener('pointerdown', this.down);
    this.removeEventListener('keydown', this.keydown);
    this.removeEventListener('dblclick', this.reset);
  }

  private get key(): string { return `agentobs.split.${this.getAttribute('name') ?? ''}`; }
  private get min(): number { return Number(this.getAttribute('min') ?? 160); }
  private get max(): number { return Number(this.getAttribute('max') ?? 800); }
  private get default(): number { return Number(this.getAttribute('default') ?? 320); }
  private get sign(): 1 | -1 { return this.getAttribute('side') === 'right' ? -1 : 1; }

  private current(): number {
    return this.width || Number(getComputedStyle(this.parentElement!).getPropertyValue(`--split-${this.getAttribute('name')}`).replace('px', '')) || this.default;
  }

  private set(width: number): void {
    this.width = Math.round(Math.max(this.min, Math.min(this.max, width)));
    this.parentElement?.style.setProperty(`--split-${this.getAttribute('name')}`, `${this.width}px`);
    this.setAttribute('aria-valuenow', String(this.width));
    localStorage.setItem(this.key, String(this.width));
  }

  private readonly reset = (): void => this.set(this.default);

  private readonly down = (event: PointerEvent): void => {
    const from = event.clientX;
    const width = this.current();
    this.setPointerCapture(event.pointerId);
    const move = (next: PointerEvent): void => this.set(width + (next.clientX - from) * this.sign);
    const up = (): void => {
      this.removeEventListener('pointermove', move);
      this.removeEventListener('pointerup', up);
      this.removeEventListener('pointercancel', up);
    };
    this.addEventListener('pointermove', move);
    this.addEventListener('pointerup', up);
    this.addEventListener('pointercancel', up);
    event.preventDefault();
    this.focus();
  };

  private readonly keydown = (event: KeyboardEvent): void => {
    const step = (event.shiftKey ? 64 : 16) * this.sign;
    if (event.key === 'ArrowLeft') this.set(this.current() - step);
    else if (event.key === 'ArrowRight') this.set(this.current() + step);
    else if (event.key === 'Home') this.set(this.min);
    else if (event.key === 'End') this.set(this.max);
    else if (event.key === 'Enter') this.reset();
    else return;
    event.preventDefault();
  };
}
