/** Ids that are new or differ from the last look; remembers this one. */
export function differences(seen: Map<string, string>, sessions: readonly { id: string; end: string; state: string; spans: number }[]): string[] {
  const ids: string[] = [];
  for (const session of sessions) {
    const print = `${session.end} ${session.state} ${session.spans}`;
    if (seen.get(session.id) !== print) {
      seen.set(session.id, print);
      ids.push(session.id);
    }
  }
  return ids;
}
