import { onChanged } from './live-bus.ts';

/** `<live-listener>`: hands what the live bus says to the Blazor component it stands in, as `livechanged` `{ sessions }`. */
export class LiveListener extends HTMLElement {
  private unsubscribe: (() => void) | null = null;

  connectedCallback(): void {
    this.hidden = true;
    this.unsubscribe = onChanged((sessions) => this.dispatchEvent(new CustomEvent('livechanged', { bubbles: true, detail: { sessions } })));
  }

  disconnectedCallback(): void {
    this.unsubscribe?.();
    this.unsubscribe = null;
  }
}
