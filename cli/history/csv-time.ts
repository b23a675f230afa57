import { type Instant, instant } from '../../core/domain/units.ts';

/** Seconds since 1970 do not reach this before the year 5138; milliseconds passed it in 1973, before there was an EBS. */
const firstMilliseconds = 1e11;

export const timesExpected =
  'ISO with a zone (2026-03-02T08:00:00Z, 2026-03-02T09:00+01:00), or seconds or milliseconds since 1970 (1772438400, 1772438400000)';

/**
 * A cell of the column `time`.
 * @returns what is wrong with it where it is none
 */
export function timeIn(cell: string): Instant | { readonly fault: string } {
  if (/^\d+(\.\d+)?$/.test(cell)) {
    const number = Number(cell);
    return instant(Math.round(number < firstMilliseconds ? number * 1_000 : number));
  }
  const [, date = '', time, zone] =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2})?$/.exec(cell) ?? [];
  if (time === undefined) return { fault: 'is none, got' };
  if (zone === undefined) return { fault: 'does not say in which zone, got' };
  const at = Date.parse(`${date}T${time}${zone}`);
  // A day that the month does not have is counted on into the next one.
  const isDay = new Date(`${date}T00:00Z`).getUTCDate() === Number(date.slice(-2));
  return Number.isNaN(at) || !isDay ? { fault: 'is no day or hour that there is, got' } : instant(at);
}
