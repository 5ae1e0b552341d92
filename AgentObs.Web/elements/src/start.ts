import { AgentTree } from './tree/agent-tree.ts';
import { LiveFeed } from './live/live-feed.ts';
import { LiveListener } from './live/live-listener.ts';
import { SplitPane } from './split-pane.ts';
import { CopyButton } from './shared/copy-button.ts';
import { LocalTime, RelTime } from './shared/rel-time.ts';
import { startKeys } from './shared/page-keys.ts';

interface BlazorHost {
  registerCustomEventType(name: string, options: { browserEventName: string; createEventArgs: (event: CustomEvent) => unknown }): void;
  start(options: object): Promise<void>;
  reconnect?(): Promise<boolean>;
}

declare global {
  interface Window { Blazor?: BlazorHost }
}

customElements.define('agent-tree', AgentTree);
customElements.define('live-listener', LiveListener);
customElements.define('live-feed', LiveFeed);
customElements.define('split-pane', SplitPane);
customElements.define('copy-button', CopyButton);
customElements.define('rel-time', RelTime);
customElements.define('local-time', LocalTime);
startKeys();

const banner = (): HTMLElement | null => document.getElementById('reconnect');

/** Blazor's own dialog covers the page. The tree keeps working without a circuit, so a slim line is enough. */
const reconnectionHandler = {
  onConnectionDown(): void {
    const line = banner();
    if (line) line.hidden = false;
    const again = async (): Promise<void> => {
      try {
        const response = await fetch('/healthz', { cache: 'no-store' });
        if (response.ok) {
          // False: the server is another process by now and does not know this circuit. All state is in the address.
          if (!(await window.Blazor?.reconnect?.())) location.reload();
          return;
        }
      } catch {
        // Still away.
      }
      window.setTimeout(() => void again(), 700);
    };
    void again();
  },
  onConnectionUp(): void {
    const line = banner();
    if (line) line.hidden = true;
  },
};

const blazor = window.Blazor;
if (blazor) {
  const register = (name: string): void =>
    blazor.registerCustomEventType(name, { browserEventName: name, createEventArgs: (event) => event.detail as unknown });
  register('nodeselect');
  register('treeload');
  register('livechanged');
  void blazor.start({ circuit: { reconnectionHandler } });
}
