import type { Simulation } from './simulation.ts';

/** An event as an EventBridge rule sees it (AWS EventBridge user guide, event structure). */
export interface AwsEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** Whole seconds, as AWS services send it: `2026-11-22T17:04:40Z`. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Hands an event to the default bus; the twin does not wait for what is done with it. */
export type Emit = (event: AwsEvent) => void;

/** Whether a rule could match an event of that kind, whatever its detail. */
export type CouldMatch = (kind: Pick<AwsEvent, 'source' | 'detail-type'>) => boolean;

/** What an account adds to each of its events. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

export interface EventContent {
  readonly detailType: string;
  readonly source: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Fills the envelope; `prefix` (8 hexadecimal digits) keeps the counted ids of several senders apart. */
export function envelopes(
  simulation: Simulation,
  place: Place,
  prefix: string,
): (content: EventContent) => AwsEvent {
  let count = 0;
  return ({ detailType, source, resources, detail }) => ({
    version: '0',
    id: `${prefix}-0000-4000-8000-${String(count++).padStart(12, '0')}`,
    'detail-type': detailType,
    source,
    account: place.account,
    time: `${new Date(simulation.now).toISOString().slice(0, 19)}Z`,
    region: place.region,
    resources,
    detail,
  });
}
