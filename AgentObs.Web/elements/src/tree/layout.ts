/**
 * Pixels a node is indented. Levels are wide at first and narrow further down, and all of them together never take
 * more than 40 % of the column: a name at depth 20 stays readable.
 */
export function indentOf(depth: number, columnWidth: number): number {
  const wanted = Math.min(depth, 5) * 16 + Math.max(0, depth - 5) * 7;
  const room = Math.max(48, columnWidth * 0.4);
  const linear = room * 0.6;
  return wanted <= linear ? wanted : linear + (room - linear) * (1 - Math.exp((linear - wanted) / (room - linear)));
}

export interface Span { readonly from: number; readonly to: number }

/** What `fitRange` reads of a tree. */
export interface Times { readonly start: Float64Array; readonly end: Float64Array; readonly size: Int32Array }

/**
 * The times that the rows in view cover, with a little air; the whole axis when they cover none. A parent whose rows go on below the view does not
 * count: it would stretch the axis to what is not on screen.
 */
export function fitRange({ start, end, size }: Times, rows: Int32Array, first: number, last: number, whole: Span): Span {
  let from = Infinity;
  let to = -Infinity;
  for (let r = Math.max(0, first); r <= last && r < rows.length; r++) {
    const i = rows[r]!;
    const goesOn = last + 1 < rows.length && rows[last + 1]! < i + size[i]!;
    if (goesOn || Number.isNaN(start[i]!)) continue;
    from = Math.min(from, start[i]!);
    to = Math.max(to, end[i]!);
  }
  if (from === Infinity) return whole;
  const air = Math.max((to - from) * 0.015, 0.001);
  return { from: from - air, to: to + air };
}

/** Left edge and width of a bar in per cent of the axis; null when it lies outside. Never thinner than `minPercent`. */
export function barOf(start: number, end: number, axis: Span, minPercent: number): { left: number; width: number; cutLeft: boolean; cutRight: boolean } | null {
  if (Number.isNaN(start) || end < axis.from || start > axis.to) return null;
  const length = axis.to - axis.from || 1;
  const left = Math.max(0, ((start - axis.from) / length) * 100);
  const right = Math.min(100, ((end - axis.from) / length) * 100);
  const width = Math.max(minPercent, right - left);
  return { left: Math.min(left, 100 - width), width, cutLeft: start < axis.from, cutRight: end > axis.to };
}

/** Round tick positions (1, 2, 5 times a power of ten; 15ths and 60ths of a minute above 5 s), about `wanted` of them, relative to `zero`. */
export function ticks(axis: Span, zero: number, wanted: number): number[] {
  const length = axis.to - axis.from;
  if (!(length > 0) || wanted < 1) return [];
  const raw = length / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const decimal = [1, 2, 5, 10].map((f) => f * power).find((s) => s >= raw * 0.75) ?? raw;
  const clock = [10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 1800e3, 3600e3, 7200e3, 21600e3, 86400e3];
  const step = raw * 0.75 > 5e3 ? clock.find((s) => s >= raw * 0.75) ?? Math.ceil(raw / 86400e3) * 86400e3 : decimal;
  const result: number[] = [];
  for (let k = Math.ceil((axis.from - zero) / step); zero + k * step <= axis.to && result.length < 50; k++) result.push(zero + k * step);
  return result;
}
