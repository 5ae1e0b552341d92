/** `<copy-button for="element id">` or `<copy-button value="text">`: copies, and says so for a moment. No round trip to the server. */
export class CopyButton extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    if (this.firstElementChild) return;
    const button = document.createElement('button');
    button.type = 'button';
    const label = this.getAttribute('label') ?? 'Copy';
    button.setAttribute('aria-label', label);
    button.title = label;
    button.textContent = this.getAttribute('text') ?? 'copy';
    button.addEventListener('click', () => void this.copy(button));
    this.append(button);
  }

  private async copy(button: HTMLButtonElement): Promise<void> {
    const id = this.getAttribute('for');
    const text = id ? document.getElementById(id)?.textContent ?? '' : this.getAttribute('value') ?? '';
    const before = this.getAttribute('text') ?? 'copy';
    button.textContent = (await write(text)) ? 'copied' : 'failed';
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { button.textContent = before; }, 1200);
  }
}

/** The clipboard API exists on secure origins only; an address in the local network without TLS is none. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
