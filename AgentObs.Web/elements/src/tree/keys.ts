/** What a key does in the tree. Letters work without modifiers only, so that the browser keeps its own. */
export type TreeAction =
  | 'up' | 'down' | 'pageUp' | 'pageDown' | 'home' | 'end' | 'left' | 'right' | 'open'
  | 'nextError' | 'previousError' | 'find' | 'expandAll' | 'collapse' | 'fold' | 'runtime' | 'fit' | 'expandSubtree';

const actions: Record<string, TreeAction> = {
  ArrowUp: 'up', k: 'up', ArrowDown: 'down', j: 'down', PageUp: 'pageUp', PageDown: 'pageDown', Home: 'home', End: 'end',
  ArrowLeft: 'left', h: 'left', ArrowRight: 'right', l: 'right', Enter: 'open', ' ': 'open',
  e: 'nextError', E: 'previousError', '/': 'find', '*': 'expandAll', '+': 'expandSubtree', '-': 'collapse', o: 'fold', r: 'runtime', t: 'fit',
};

export function actionOf(event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }): TreeAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  return actions[event.key] ?? null;
}
