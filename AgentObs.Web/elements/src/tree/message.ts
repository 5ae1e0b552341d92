import type { TreeError } from './tree-source.ts';

export type Message =
  | { kind: 'none' }
  | { kind: 'loading' }
  | { kind: 'empty' }
  | { kind: 'error'; error: TreeError; retry: () => void };

/** What stands in the place of rows: loading, nothing yet, or what went wrong and where to go. */
export function showMessage(host: HTMLElement, message: Message): void {
  host.hidden = message.kind === 'none';
  host.className = `message ${message.kind}`;
  host.replaceChildren();
  if (message.kind === 'loading') {
    for (let i = 0; i < 7; i++) host.append(document.createElement('i'));
    const word = document.createElement('span');
    word.className = 'sr';
    word.textContent = 'Loading the tree';
    host.append(word);
  } else if (message.kind === 'empty') {
    host.append(text('strong', 'No spans of this session have arrived yet'), text('p', 'They appear here as soon as they are stored.'));
  } else if (message.kind === 'error') {
    host.append(text('strong', message.error.message), text('p', message.error.hint));
    if (message.error.sessionId) {
      const link = document.createElement('a');
      link.href = `/sessions/${encodeURIComponent(message.error.sessionId)}`;
      link.textContent = 'Open the session it belongs to';
      host.append(link);
    } else {
      const button = text('button', 'Try again') as HTMLButtonElement;
      button.type = 'button';
      button.addEventListener('click', message.retry);
      host.append(button);
    }
  }
}

const text = (tag: string, content: string): HTMLElement => {
  const result = document.createElement(tag);
  result.textContent = content;
  return result;
};
