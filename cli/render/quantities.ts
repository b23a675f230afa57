/** `3.0 s`, `41.5 ms`; milliseconds from a second on as seconds, `9.9 s`. */
export function measured(value: number, unit: string): string {
  // What one decimal would round to 1000.0 ms is a second already.
  const isLong = unit === 'ms' && value >= 999.95;
  return isLong ? `${(value / 1_000).toFixed(1)} s` : `${value.toFixed(1)} ${unit}`;
}

/** `2,500`, `0.2`: with a decimal where it has one. */
export const rate = (value: number): string => Number(value.toFixed(1)).toLocaleString('en-US');

const HOUR = 60;
const DAY = 24 * HOUR;

/** `29 min`, `7 h 50 min`, `2 d 19 h 49 min`; a minute begun does not count. */
export function span(minutes: number): string {
  const whole = Math.floor(minutes);
  const days = whole >= 2 * DAY ? Math.floor(whole / DAY) : 0;
  const hours = whole >= HOUR ? Math.floor((whole - days * DAY) / HOUR) : 0;
  return [
    ...(days === 0 ? [] : [`${days} d`]),
    ...(hours === 0 ? [] : [`${hours} h`]),
    `${whole - days * DAY - hours * HOUR} min`,
  ].join(' ');
}
