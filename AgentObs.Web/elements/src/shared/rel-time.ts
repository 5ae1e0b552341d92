import { age } from './format.ts';

const all = new Set<RelTime>();
let timer = 0;

/** `<rel-time datetime="...">`: how long ago, kept right in the browser so that a list of sessions costs the server nothing. */
export class RelTime extends HTMLElement {
  static readonly observedAttributes = ['datetime'];

  connectedCallback(): void {
    all.add(this);
    this.show(Date.now());
    if (timer === 0) timer = window.setInterval(() => { for (const each of all) each.show(Date.now()); }, 5000);
  }

  disconnectedCallback(): void {
    all.delete(this);
    if (all.size === 0) {
      window.clearInterval(timer);
      timer = 0;
    }
  }

  attributeChangedCallback(): void { this.show(Date.now()); }

  show(now: number): void {
    const text = this.getAttribute('datetime') ?? '';
    const then = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
    const shown = Number.isNaN(then) ? '' : age(then, now);
    if (this.textContent !== shown) this.textContent = shown;
    if (!Number.isNaN(then)) this.title = new Date(then).toLocaleString();
  }
}

/** `<local-time datetime="...">`: the reader's own time of day to the millisecond, the whole time as sent in the tooltip. */
export class LocalTime extends HTMLElement {
  static readonly observedAttributes = ['datetime'];

  attributeChangedCallback(_name: string, _old: string | null, value: string | null): void {
    const text = value ?? '';
    const then = new Date(text.replace(/(\.\d{3})\d+/, '$1'));
    if (Number.isNaN(then.getTime())) {
      this.textContent = text;
      return;
    }
    const two = (n: number): string => String(n).padStart(2, '0');
    const day = `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
    this.textContent = `${day} ${two(then.getHours())}:${two(then.getMinutes())}:${two(then.getSeconds())}.${String(then.getMilliseconds()).padStart(3, '0')}`;
    this.title = text;
  }
}
