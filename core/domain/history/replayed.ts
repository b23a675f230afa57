import type { Plan } from '../deciding/decision.ts';
import type { AwsRefusal, Refusal } from '../reasons.ts';
import type { Dollars, Instant } from '../units.ts';
import type { Configuration, VolumeId } from '../volume.ts';
import type { NoAlarm } from './no-alarm.ts';

/** What would have happened to a volume and been said about it, in the order of `at`. One type per thing. */
export type Replayed = Readonly<{ at: Instant; volumeId: VolumeId }> &
  Readonly<
    | { kind: 'alarmed' }
    /** A notice was sent; `wall` as it was predicted then, `undefined` where none could be named. */
    | {
        kind: 'announced';
        said: 'warned' | 'needed';
        wall: Instant | undefined;
        /** Codes of what stood against acting. */
        refusals: readonly (Refusal | AwsRefusal)['code'][];
      }
    | { kind: 'acted'; plan: Plan; wall: Instant | undefined }
    /** The new performance is there. */
    | { kind: 'relieved'; to: Configuration }
    | { kind: 'returned'; plan: Plan }
    | { kind: 'ended'; ending: string }
    /** The bucket is empty while more than the baseline is asked for. */
    | { kind: 'hit-wall' }
    | { kind: 'left-wall' }
  >;

/** One volume under one policy: what happened, and what it came to. */
export interface VolumeReplay {
  readonly volumeId: VolumeId;
  readonly timeline: readonly Replayed[];
  /** At the wall, or moved to something that serves less than was asked for. */
  readonly stallMinutes: number;
  /** On top of what was paid anyway, over the time replayed. */
  readonly extraCost: Dollars;
  /** Why nothing would have told of it: it would have had no alarm. */
  readonly noAlarm?: NoAlarm | undefined;
}
