import type { Ending, Plan, Verdict } from '../deciding/decision.ts';
import type { MuteEnd } from '../look-at.ts';
import type { Subject } from '../notices/subject.ts';
import type { AwsRefusal, Ground, Refusal } from '../reasons.ts';
import type { Instant } from '../units.ts';
import type { Configuration, VolumeId } from '../volume.ts';

/** What every state of a case carries. */
export interface Common {
  /** `EB-` and eight characters; people say it aloud. */
  readonly id: string;
  readonly volumeId: VolumeId;
  /** The conversation it is told in; `undefined` until there is something to tell. */
  readonly incident: string | undefined;
  readonly openedAt: Instant;
  /** Raised by one with every step: the fence against a worker that wakes with an old plan. */
  readonly version: number;
  /** When the sweep asks again. */
  readonly dueAt: Instant;
  readonly mutedUntil: MuteEnd | undefined;
  /** The volume as last read, for the day it is gone. */
  readonly subject: Subject;
  /** Since when EC2 has not described the volume; any look that finds it clears this. */
  readonly absentSince: Instant | undefined;
  /** What the team was told last; the same thing is not told twice. */
  readonly told: Told | undefined;
  /** What we asked AWS for within the last 24 hours. */
  readonly requests: readonly ModifyRequest[];
  readonly typesNotInZone: readonly ('gp3' | 'io1' | 'io2')[];
}

/** One ModifyVolume of ours; its target tells it from a person's change a minute later. */
export interface ModifyRequest {
  readonly at: Instant;
  readonly to: Configuration;
}

export interface Told {
  readonly what: 'warned' | 'needed';
  readonly at: Instant;
  /** Codes of the refusals we gave; a new one is worth a new word (told.ts). */
  readonly codes: readonly string[];
  /** Since when it no longer headed for the wall; the next wall is news again. */
  readonly easedAt: Instant | undefined;
  /** When we promised the next word at the latest; left out where none was promised or it was given. */
  readonly promisedAt?: Instant;
  /** Where all that was ever told is that nothing could be seen: then nothing has "recovered". */
  readonly saw?: 'nothing';
}

/** It dips, nobody was told. */
export interface Watching extends Common {
  readonly state: 'watching';
}

/** The team was told and we did not act. */
export interface Announced extends Common {
  readonly state: 'announced';
  readonly told: Told;
  readonly refusals: readonly (Refusal | AwsRefusal)[];
  /** For the time when nothing can be seen any more; `undefined` where it never could. */
  readonly lastSeen: LastSeen | undefined;
  /** What AWS answered last while it counts: it is not asked again before then. */
  readonly putOff: PutOff | undefined;
  /** Since when AWS throttles with nothing else in the way (throttling.ts); left out where it did not at the last look. */
  readonly throttledSince?: Instant;
}

export interface LastSeen {
  /** What its balance was last known for. */
  readonly at: Instant;
  /** As predicted then; `undefined` when it did not head for one. */
  readonly wall: Instant | undefined;
}

export interface PutOff {
  readonly until: Instant;
  readonly refusal: AwsRefusal;
}

/** Written before ModifyVolume is called; whether it was accepted is not known yet. */
export interface Intended extends Common {
  readonly state: 'intended';
  readonly plan: Plan;
  readonly reason: Ground;
  readonly intendedAt: Instant;
  /** The wall as predicted then; `averted` is judged against it. */
  readonly predictedWall: Instant | undefined;
  /** The bridge this return would end; `undefined` for an upgrade. */
  readonly bridge: Bridge | undefined;
  /** As it was announced, until AWS has answered. */
  readonly throttledSince?: Instant;
}

/** AWS accepted; the modification or the verdict on the symptom is not over. */
export interface Upgrading extends Common {
  readonly state: 'upgrading';
  readonly plan: Plan;
  readonly acceptedAt: Instant;
  readonly requestId: string | undefined;
  readonly predictedWall: Instant | undefined;
  readonly verdict: Verdict;
  /** When we first saw the modification completed. */
  readonly completedAt: Instant | undefined;
}

/** What a bridge remembers so that it can be put back exactly. */
interface Bridge {
  readonly plan: Plan;
  readonly since: Instant;
  readonly verdict: Verdict;
}

/** On provisioned IOPS for a while; goes back when the last 24 hours of demand would have fitted the bucket. */
export interface Bridged extends Common {
  readonly state: 'bridged';
  readonly bridge: Bridge;
}

/** The way back was accepted and is running. */
export interface Returning extends Common {
  readonly state: 'returning';
  readonly plan: Plan;
  readonly bridge: Bridge;
  readonly acceptedAt: Instant;
  readonly requestId: string | undefined;
  /** When we first saw it completed. */
  readonly completedAt: Instant | undefined;
}

export interface Closed extends Common {
  readonly state: 'closed';
  readonly ending: Ending;
  readonly closedAt: Instant;
  /** The modification that stays (a fix, a keep, one that failed to relieve) or may (one yielded); its cost stays committed. */
  readonly stays: Plan | undefined;
  /** Since when the censuses have not found the volume as `stays` left it; one that does clears this. */
  readonly notFoundSince?: Instant | undefined;
}

export type OpenCase = Watching | Announced | Intended | Upgrading | Bridged | Returning;
export type Case = OpenCase | Closed;

/** Every step a case may take; case.model.test walks this table and nothing else. */
export const legalTransitions: { readonly [State in OpenCase['state']]: readonly Case['state'][] } = {
  watching: ['watching', 'announced', 'intended', 'closed'],
  announced: ['announced', 'intended', 'closed'],
  intended: ['intended', 'upgrading', 'returning', 'announced', 'watching', 'bridged', 'closed'],
  upgrading: ['upgrading', 'bridged', 'closed'],
  bridged: ['bridged', 'intended', 'closed'],
  returning: ['returning', 'bridged', 'closed'],
};
