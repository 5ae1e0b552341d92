/** Ids of the sessions that changed; null when that is not known (a reconnect, a tab that was hidden): refresh all. */
export type Changed = readonly string[] | null;

const listeners = new Set<(ids: Changed) => void>();

export function onChanged(listener: (ids: Changed) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function announce(ids: Changed): void {
  for (const listener of listeners) listener(ids);
}
