/** A palette by meaning. Every text colour is checked against every surface when the theme is written. */
export interface Theme {
  readonly name: string;
  readonly dark: boolean;
  /** Page, pane, raised, hover: from the ground up. */
  readonly surfaces: readonly [string, string, string, string];
  readonly selected: string;
  readonly line: string;
  readonly lineStrong: string;
  /** Main, muted, faint (never for text that must be read to work). */
  readonly text: readonly [string, string, string];
  readonly accent: string;
  readonly accent2: string;
  readonly yellow: string;
  readonly green: string;
  /** For errors and nothing else. */
  readonly error: string;
  readonly onAccent: string;
  readonly kinds: Readonly<Record<'session' | 'turn' | 'agent_run' | 'model_call' | 'tool_call' | 'permission_wait' | 'span', string>>;
  readonly agents: Readonly<Record<'claude' | 'codex' | 'copilot', string>>;
  readonly tokens: Readonly<Record<'input' | 'cacheRead' | 'cacheWrite' | 'output' | 'reasoning', string>>;
}
