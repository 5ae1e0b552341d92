/** Keys that work anywhere on the page: `[` list, `]` detail, `s` the sessions, `?` this help. */
export function startKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    if (event.key === '?') {
      const help = document.getElementById('key-help');
      if (help instanceof HTMLElement) help.togglePopover();
      event.preventDefault();
    } else if (event.key === 's') {
      document.querySelector<HTMLElement>('#session-list a[aria-current], #session-list a')?.focus();
    } else if (event.key === 'f') {
      document.querySelector<HTMLElement>('#session-filter input, #session-filter')?.focus();
      event.preventDefault();
    } else if (event.key === '[' || event.key === ']') {
      document.querySelector('.panes')?.toggleAttribute(event.key === '[' ? 'data-no-list' : 'data-no-detail');
    } else if (event.key === '/' || event.key === 'e') {
      // The tree has these keys when it has the focus; elsewhere they take the reader there.
      const tree = document.querySelector('agent-tree');
      const grid = tree?.shadowRoot?.querySelector<HTMLElement>('#grid');
      if (!grid || event.composedPath().includes(grid)) return;
      grid.focus();
      grid.dispatchEvent(new KeyboardEvent('keydown', { key: event.key }));
      event.preventDefault();
    }
  });
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.matches('input, textarea, select, [contenteditable]') || target.isContentEditable);
}
