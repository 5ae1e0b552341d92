import type { Theme } from './theme.ts';

/** Black-violet ground, magenta and cyan light on the edges, quiet surfaces under the data. */
export const neon: Theme = {
  name: 'neon',
  dark: true,
  surfaces: ['#0a0616', '#0f0a1f', '#171030', '#1e163c'],
  selected: '#10233a',
  line: '#231a44',
  lineStrong: '#40346f',
  text: ['#f1edfc', '#b1a8d0', '#9389b8'],
  accent: '#ff2e97',
  accent2: '#00f0ff',
  yellow: '#ffe600',
  green: '#3df5a6',
  error: '#ff6b57',
  onAccent: '#12001f',
  kinds: {
    session: '#f1edfc',
    turn: '#00d9f0',
    agent_run: '#ff5cb0',
    model_call: '#a98bff',
    tool_call: '#35d6a0',
    permission_wait: '#ffd84d',
    span: '#8d86ad',
  },
  agents: { claude: '#00d9f0', codex: '#c86a9e', copilot: '#a98bff' },
  tokens: { input: '#00d9f0', cacheRead: '#3a6ea8', cacheWrite: '#6f7fd8', output: '#ff5cb0', reasoning: '#a98bff' },
};
