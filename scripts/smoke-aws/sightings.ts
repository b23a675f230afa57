import type { Instant } from '../../core/domain/units.ts';

/** Something seen on AWS, and when we saw it. */
export type Sighting = { readonly seenAt: Instant } & (
  | { readonly kind: 'step'; readonly title: string }
  | { readonly kind: 'alarm'; readonly state: string; readonly reason: string; readonly changedAt: Instant }
  | { readonly kind: 'alarm-set'; readonly state: 'ALARM' | 'OK' }
  | { readonly kind: 'balance'; readonly from: Instant; readonly percent: number }
  | {
      readonly kind: 'modification';
      readonly state: string;
      readonly from: string;
      readonly to: string;
      readonly progress: number | undefined;
    }
  | { readonly kind: 'case'; readonly id: string; readonly state: string }
  | { readonly kind: 'notice'; readonly subject: string; readonly message: string; readonly sentAt: Instant }
  | { readonly kind: 'event'; readonly event: SeenEvent }
  | { readonly kind: 'put-back'; readonly balanceBefore: number | undefined }
);

/** What EventBridge delivered, as far as it has the shape of one of its events. */
export interface SeenEvent {
  readonly time: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

type Of<Kind extends Sighting['kind']> = Extract<Sighting, { kind: Kind }>;

/** Everything that was seen, in the order in which we saw it. */
export class Sightings {
  readonly all: Sighting[] = [];

  add(sighting: Sighting): void {
    this.all.push(sighting);
  }

  of<Kind extends Sighting['kind']>(kind: Kind): readonly Of<Kind>[] {
    return this.all.filter((one): one is Of<Kind> => one.kind === kind);
  }

  newest<Kind extends Sighting['kind']>(kind: Kind): Of<Kind> | undefined {
    return this.of(kind).at(-1);
  }
}

function eventText({ 'detail-type': kind, detail }: SeenEvent): string {
  if (kind === 'EBS Volume Notification') return `${kind}: ${detail['event']} ${detail['result']}`;
  const state = detail['state'];
  const value = typeof state === 'string' ? state : (state as { readonly value?: string } | undefined)?.value;
  return value === undefined ? kind : `${kind}: ${value}`;
}

/** In a line, for the screen and the page. */
export function textOf(sighting: Sighting): string {
  switch (sighting.kind) {
    case 'step':
      return sighting.title;
    case 'alarm':
      return `alarm is ${sighting.state}: ${sighting.reason}`;
    case 'alarm-set':
      return `alarm set to ${sighting.state} by us`;
    case 'balance':
      return `BurstBalance ${sighting.percent.toFixed(1)} % from ${new Date(sighting.from).toISOString()}`;
    case 'modification':
      return `modification ${sighting.from} → ${sighting.to} is ${sighting.state}, progress ${sighting.progress ?? 'not told'}`;
    case 'case':
      return `case ${sighting.id} is ${sighting.state}`;
    case 'notice':
      return `notice: ${sighting.subject}`;
    case 'event':
      return `event ${eventText(sighting.event)}`;
    case 'put-back':
      return 'put back to gp2 by us';
  }
}
