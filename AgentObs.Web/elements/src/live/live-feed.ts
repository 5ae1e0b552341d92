import { announce, type Changed } from './live-bus.ts';
import { differences } from './differences.ts';

type Link = 'connecting' | 'live' | 'polling' | 'reconnecting' | 'paused';

const words: Record<Link, string> = {
  connecting: 'connecting',
  live: 'live',
  polling: 'live · polling',
  reconnecting: 'reconnecting',
  paused: 'paused',
};

/** Bursts are told to the page at most four times a second. */
const coalesce = 250;
const pollEvery = 2000;

/**
 * `<live-feed>`: a dot and a word, and the one connection behind them. It listens to the server-sent events of `/api/live`
 * (`event: changed`, `data: {"sessions":["id", ...]}`), polls the newest sessions where that route is missing, and rests
 * while the tab is hidden. What changed goes to the live bus.
 */
export class LiveFeed extends HTMLElement {
  private source: EventSource | null = null;
  private poll = 0;
  private flush = 0;
  private pending: Set<string> | null = new Set();
  private seen: Map<string, string> | null = null;
  private word = document.createElement('span');
  private everLive = false;

  connectedCallback(): void {
    if (!this.word.isConnected) {
      const dot = document.createElement('i');
      dot.setAttribute('aria-hidden', 'true');
      this.append(dot, this.word);
      this.setAttribute('role', 'status');
    }
    document.addEventListener('visibilitychange', this.visibility);
    this.visibility();
  }

  disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.visibility);
    this.close();
  }

  private readonly visibility = (): void => {
    if (document.hidden) {
      this.close();
      this.say('paused');
    } else if (!this.source && this.poll === 0) {
      if (this.everLive) this.changed(null);
      this.connect();
    }
  };

  private connect(): void {
    this.say(this.everLive ? 'reconnecting' : 'connecting');
    const source = (this.source = new EventSource('/api/live'));
    source.addEventListener('open', () => {
      this.say('live');
      // Something may have changed between the last event and this connection.
      if (this.everLive) this.changed(null);
      this.everLive = true;
    });
    source.addEventListener('changed', (event) => {
      try {
        const body = JSON.parse((event as MessageEvent<string>).data) as { sessions?: string[] };
        this.changed(body.sessions ?? null);
      } catch {
        this.changed(null);
      }
    });
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) {
        // An answer that is no event stream: this server has none, or it is down behind a proxy.
        source.close();
        this.source = null;
        this.startPolling();
      } else {
        this.say('reconnecting');
      }
    });
  }

  private startPolling(): void {
    let rounds = 0;
    const look = async (): Promise<void> => {
      try {
        const response = await fetch('/api/sessions?limit=50', { headers: { accept: 'application/json' } });
        if (!response.ok) throw new Error(String(response.status));
        const body = (await response.json()) as { sessions: { id: string; end: string; state: string; spans: number }[] };
        const first = this.seen === null;
        const ids = differences((this.seen ??= new Map()), body.sessions);
        this.say('polling');
        this.everLive = true;
        if (!first && ids.length > 0) this.changed(ids);
      } catch {
        this.say('reconnecting');
      }
      if (this.poll === 0) return;
      rounds++;
      // The stream may be there by now (the server was restarted, the proxy is up).
      if (rounds % 15 === 0) {
        this.poll = 0;
        this.connect();
      } else {
        this.poll = window.setTimeout(() => void look(), pollEvery);
      }
    };
    this.poll = window.setTimeout(() => void look(), 0);
  }

  private close(): void {
    this.source?.close();
    this.source = null;
    window.clearTimeout(this.poll);
    this.poll = 0;
  }

  private changed(ids: Changed): void {
    if (ids === null) this.pending = null;
    else if (this.pending) for (const id of ids) this.pending.add(id);
    if (this.flush !== 0) return;
    this.flush = window.setTimeout(() => {
      this.flush = 0;
      const sessions = this.pending === null ? null : [...this.pending];
      this.pending = new Set();
      announce(sessions);
    }, coalesce);
  }

  private say(link: Link): void {
    if (this.dataset.state === link) return;
    this.dataset.state = link;
    this.word.textContent = words[link];
    this.title = link === 'polling'
      ? 'This server has no event stream: asking every 2 s'
      : link === 'reconnecting' ? 'No connection to AgentObs. Trying again.' : 'Updates appear as they arrive';
  }
}
