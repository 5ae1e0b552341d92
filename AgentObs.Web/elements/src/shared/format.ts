const round = (value: number, digits: number): string => value.toFixed(digits).replace(/\.0+$|(\.\d*[1-9])0+$/, '$1');

/** A length of time for a narrow column: `417 ns`, `32.9 µs`, `607 ms`, `2.18 s`, `3 m 05 s`, `2 h 07 m`, `3 d 4 h`. */
export function duration(millis: number): string {
  if (!Number.isFinite(millis)) return '';
  if (millis <= 0) return '0';
  if (millis < 0.001) return `${Math.round(millis * 1e6)} ns`;
  if (millis < 1) return `${round(millis * 1000, millis < 0.01 ? 1 : 0)} µs`;
  if (millis < 1000) return `${round(millis, millis < 10 ? 1 : 0)} ms`;
  const seconds = millis / 1000;
  if (seconds < 60) return `${round(seconds, seconds < 10 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} m ${String(whole % 60).padStart(2, '0')} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} m`;
  return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
}

/** A position on the axis, as precise as its ticks are apart: `1.2 s`, `450 ms`. */
export function tick(millis: number, step: number): string {
  const abs = Math.abs(millis);
  if (abs < 1e-9) return '0';
  if (step >= 60e3 || abs >= 120e3) {
    const whole = Math.round(millis / 1000);
    const minutes = Math.floor(whole / 60);
    const rest = step < 60e3 ? `:${String(whole % 60).padStart(2, '0')}` : '';
    return minutes >= 60 ? `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}` : `${minutes}${rest || ' m'}`;
  }
  const digits = (unit: number): number => Math.max(0, Math.min(6, Math.ceil(-Math.log10(step / unit) - 1e-9)));
  if (step >= 100 || abs >= 10e3) return `${(millis / 1000).toFixed(digits(1000))} s`;
  if (step >= 0.1 || abs >= 10) return `${millis.toFixed(digits(1))} ms`;
  return `${(millis * 1000).toFixed(digits(0.001))} µs`;
}

/** A count in at most five characters: `950`, `1.2k`, `21k`, `3.4M`. */
export function count(value: number): string {
  if (value < 1000) return String(Math.round(value));
  if (value < 9950) return `${round(value / 1000, 1)}k`;
  if (value < 999_500) return `${Math.round(value / 1000)}k`;
  if (value < 9_950_000) return `${round(value / 1e6, 1)}M`;
  return `${Math.round(value / 1e6)}M`;
}

/** All digits in groups of three: `10 210`, with a thin space. */
export const digits = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u2009');

/** How long ago, for a list: `now`, `12 s`, `4 m`, `3 h`, `2 d`, then the date. */
export function age(then: number, now: number): string {
  const seconds = Math.max(0, (now - then) / 1000);
  if (seconds < 5) return 'now';
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  if (seconds < 30 * 86400) return `${Math.floor(seconds / 86400)} d`;
  return new Date(then).toISOString().slice(0, 10);
}
