import type { Ground } from './reasons.ts';
import type { Instant } from './units.ts';

export interface Text<R> {
  /** One sentence for a tired reader, without the volume's name; its times show their date unless it is that of `told`. */
  readonly sentence: (reason: R, told: Instant | undefined) => string;
  /** The one thing to do next. */
  readonly nextStep: (reason: R) => string;
}

/** Texts of the grounds on which we decide; those of refusals are in reason-texts.ts. */
export const groundTexts: {
  readonly [Code in Ground['code']]: Text<Extract<Ground, { code: Code }>>;
} = {
  'volume-gone': { sentence: () => 'the volume no longer exists', nextStep: () => 'nothing' },
  'cannot-run-out': { sentence: () => 'the volume cannot run out of credits', nextStep: () => 'nothing' },
  'above-threshold': {
    sentence: (r) =>
      `its balance of ${r.balance.toFixed(0)} % is above the threshold of ${r.threshold.toFixed(0)} %`,
    nextStep: () => 'nothing',
  },
  'no-data-and-not-low': {
    sentence: () => 'it publishes no balance now, as a volume nobody uses, and was not low when last seen',
    nextStep: () => 'nothing; its alarm wakes us when it is low',
  },
  'not-heading-for-wall': {
    sentence: () => 'it dips but is not heading for the wall',
    nextStep: () => 'nothing; we keep watching',
  },
  'falls-turn-around': {
    sentence: (r) =>
      `of ${r.asDeep} falls as deep as this one in three days ${r.toWall === 0 ? 'none' : r.toWall} would have emptied the bucket from where this one began`,
    nextStep: (r) => `nothing; we tell of it when it falls below ${r.downTo.toFixed(0)} %`,
  },
  recovering: { sentence: () => 'its balance is rising', nextStep: () => 'nothing; we keep watching' },
  recovered: {
    sentence: () => 'its balance has held above the threshold for 15 minutes',
    nextStep: () => 'nothing',
  },
  'readable-again': {
    sentence: () => 'its credits can be read again and have held above the threshold for 15 minutes',
    nextStep: () => 'nothing',
  },
  'silent-for-long': {
    sentence: () => 'it has published no balance for 24 hours, as a volume of a stopped instance',
    nextStep: () => 'nothing; its alarm wakes us when it publishes again and is low',
  },
  'heading-for-wall': {
    sentence: () => 'its burst credits are about to run out',
    nextStep: () => 'nothing if we may act',
  },
  'at-wall': {
    sentence: () => 'its burst credits are gone, it runs at its baseline',
    nextStep: () => 'shed load or modify it',
  },
  blind: {
    sentence: () => 'its alarm fired but we cannot judge its balance',
    nextStep: () => 'look at its BurstBalance in CloudWatch by hand',
  },
  'born-right': {
    sentence: () => 'it is marked latency-critical and must not burst',
    nextStep: () => 'create such volumes as io2',
  },
  'intent-unresolved': {
    sentence: () => "AWS's answer to our request was lost, we are finding out whether it was accepted",
    nextStep: () => 'look whether EC2 is modifying the volume; if not, move it by hand',
  },
  'modification-running': {
    sentence: () => 'the modification is running',
    nextStep: () => 'do not deploy to this volume until it completes',
  },
  'modification-failed': {
    sentence: () => 'AWS gave the modification up; the volume is unchanged',
    nextStep: () => 'nothing if a slot is left, we try once more; else modify it by hand',
  },
  'symptom-not-settled': { sentence: () => 'latency and queue are unsettled', nextStep: () => 'nothing' },
  'symptom-gone': {
    sentence: () => 'latency and queue have held their usual range for 10 minutes',
    nextStep: () => 'nothing',
  },
  'symptom-stays': {
    sentence: () => 'AWS completed the change but latency and queue are not back in their usual range',
    nextStep: () => 'look for another cause: instance limits, the application, another volume',
  },
  'symptom-unknown': {
    sentence: () => 'AWS completed the change; whether latency and queue came back is not known',
    nextStep: () => 'look at its latency and queue in CloudWatch by hand',
  },
  'first-balance-awaited': {
    sentence: () => 'it is back; we wait for its first BurstBalance',
    nextStep: () => 'nothing',
  },
  'bridge-still-needed': {
    sentence: () => 'the last 24 hours would not have fitted its bucket',
    nextStep: () => 'consider gp3 for good',
  },
  'return-unproved': {
    sentence: () => 'whether the last 24 hours would have fitted its bucket is not known',
    nextStep: () => 'put it back by hand if it can do without; it costs money every day',
  },
  'demand-fits-bucket-again': {
    sentence: () => 'the last 24 hours would have fitted its bucket',
    nextStep: () => 'nothing',
  },
  'changed-by-others': {
    sentence: () => 'somebody else changed the volume since',
    nextStep: () => 'nothing; we leave it as it is and do not put it back',
  },
};
