/**
 * Reads ISO 8601 times with nine fraction digits as milliseconds since the first time it was given. A plain
 * `Date.parse` keeps milliseconds only, and nanoseconds since 1970 do not fit a double.
 */
export class NanoClock {
  private baseSeconds: number | undefined;
  private lastText = '';
  private lastSeconds = 0;

  /** NaN for a missing or unreadable time. */
  read(text: string | null | undefined): number {
    if (!text || text.length < 19) return NaN;
    const whole = text.slice(0, 19);
    if (whole !== this.lastText) {
      this.lastSeconds = Date.parse(`${whole}Z`) / 1000;
      this.lastText = whole;
    }
    if (Number.isNaN(this.lastSeconds)) return NaN;
    this.baseSeconds ??= this.lastSeconds;
    const fraction = /^\.(\d{1,9})/.exec(text.slice(19));
    const millis = fraction ? Number(fraction[1]!.padEnd(9, '0')) / 1e6 : 0;
    return (this.lastSeconds - this.baseSeconds) * 1000 + millis;
  }

  /** Milliseconds since 1970 of a time that `read` gave. */
  toEpoch(millis: number): number {
    return (this.baseSeconds ?? 0) * 1000 + millis;
  }
}
