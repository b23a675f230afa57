declare const unit: unique symbol;
/** @public A declaration file can name an interface but not the symbol in it. */
export interface Unit<Name extends string> {
  readonly [unit]: Name;
}
type Quantity<Name extends string> = number & Unit<Name>;

/** I/O operations per second. */
export type Iops = Quantity<'iops'>;
/** MiB per second (AWS documents EBS throughput in MiB/s, also where it prints MB/s). */
export type MebibytesPerSecond = Quantity<'MiB/s'>;
/** Volume size in GiB. */
export type Gibibytes = Quantity<'GiB'>;
/** 0 to 100, as CloudWatch reports `BurstBalance`. */
export type Percent = Quantity<'percent'>;
/** United States dollars; may be negative in a difference. */
export type Dollars = Quantity<'USD'>;
/** Milliseconds since the epoch. */
export type Instant = Quantity<'instant'>;
/** Milliseconds. */
export type Duration = Quantity<'duration'>;

export const iops = (value: number): Iops => notNegative('iops', value) as Iops;
export const mebibytesPerSecond = (value: number): MebibytesPerSecond =>
  notNegative('mebibytesPerSecond', value) as MebibytesPerSecond;
export const gibibytes = (value: number): Gibibytes => notNegative('gibibytes', value) as Gibibytes;
export const dollars = (value: number): Dollars => finite('dollars', value) as Dollars;
export const instant = (epochMilliseconds: number): Instant =>
  finite('instant', epochMilliseconds) as Instant;

/** Clamps: CloudWatch has been seen to report balances a rounding error outside 0 to 100. */
export const percent = (value: number): Percent =>
  Math.min(100, Math.max(0, finite('percent', value))) as Percent;

export const seconds = (value: number): Duration => (finite('seconds', value) * 1_000) as Duration;
export const minutes = (value: number): Duration => seconds(value * 60);
export const hours = (value: number): Duration => minutes(value * 60);
export const days = (value: number): Duration => hours(value * 24);
export const inSeconds = (duration: Duration): number => duration / 1_000;
export const inMinutes = (duration: Duration): number => duration / 60_000;

export const after = (from: Instant, duration: Duration): Instant => (from + duration) as Instant;
export const before = (from: Instant, duration: Duration): Instant => (from - duration) as Instant;
export const sum = (...durations: readonly Duration[]): Duration =>
  durations.reduce((total, duration) => total + duration, 0) as Duration;
export const earliest = (...instants: readonly [Instant, ...Instant[]]): Instant =>
  Math.min(...instants) as Instant;
export const latest = (...instants: readonly [Instant, ...Instant[]]): Instant =>
  Math.max(...instants) as Instant;
export const longest = (...durations: readonly [Duration, ...Duration[]]): Duration =>
  Math.max(...durations) as Duration;
/** The ISO date, UTC. */
export const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);
/** How long after `earlier` is `later`; negative when it is not after. */
export const between = (earlier: Instant, later: Instant): Duration => (later - earlier) as Duration;

function finite(name: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new RangeError(`${name} must be a finite number, got ${value}`);
}

function notNegative(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new RangeError(`${name} must be a finite number of at least 0, got ${value}`);
}
