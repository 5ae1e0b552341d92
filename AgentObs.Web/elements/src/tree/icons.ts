import type { NodeKind } from './node.ts';

/** One path a kind, drawn on a 16 x 16 grid with a 1.4 px stroke: shape tells the kind, so colour never has to. */
export const kindIcon: Record<NodeKind, string> = {
  session: 'M8 1.8 13.4 4.9v6.2L8 14.2l-5.4-3.1V4.9zM8 5.6v4.8M5.9 6.8l4.2 2.4M10.1 6.8 5.9 9.2',
  turn: 'M2.5 3.2h11v7.4H8.2L5.2 13.4v-2.8H2.5zM5.3 6h5.4M5.3 8.1h3.2',
  agent_run: 'M3.4 6h9.2v6.6H3.4zM8 6V3.4M8 3.4a.9.9 0 1 0 0-1.8.9.9 0 0 0 0 1.8M6.2 8.6v1.3M9.8 8.6v1.3M1.6 8.4v2M14.4 8.4v2',
  model_call: 'M8 1.9 9.5 6.5 14.1 8 9.5 9.5 8 14.1 6.5 9.5 1.9 8l4.6-1.5z',
  tool_call: 'M2.2 3h11.6v10H2.2zM4.9 6l2.2 2-2.2 2M8.6 10.3h2.8',
  permission_wait: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4M6.4 5.6v4.8M9.6 5.6v4.8',
  span: 'M5.2 3H3.4v10h1.8M10.8 3h1.8v10h-1.8M8 7v2',
};

export const caretIcon = 'M6 4.2 10 8l-4 3.8';
export const warnIcon = 'M8 2.2 14.4 13.4H1.6zM8 6.4v3.4M8 11.4v.6';

const svgNamespace = 'http://www.w3.org/2000/svg';

export function icon(path: string, className: string): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(svgNamespace, 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}
