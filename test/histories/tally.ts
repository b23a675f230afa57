import { type Counts, countOf, sumOf } from './counts.ts';
import { bothMet, type Met, metIn, nothingMet } from './met.ts';
import { hasStruck } from './perform.ts';
import type { Step } from './step.ts';
import type { World } from './world.ts';

/** What some histories amounted to. Counts only, so that they add up and travel between processes. */
export interface Tally {
  readonly histories: number;
  readonly steps: number;
  readonly minutes: number;
  readonly runs: number;
  readonly crashes: number;
  readonly calls: number;
  readonly faultsTaken: number;
  /** Modifications of ours that AWS accepted, and those that it refused. */
  readonly acts: number;
  readonly refusedActs: number;
  /** Of the accepted ones, those that put a volume back. */
  readonly returns: number;
  readonly notices: number;
  /** Of steps other than time that passes, by kind. */
  readonly drawn: Counts;
  /** Of these, the ones that changed anything or that a call or run met later. */
  readonly struck: Counts;
  /** AWS calls by the Lambda that made them, e.g. `respond ModifyVolume`. */
  readonly callsBy: Counts;
  readonly met: Met;
}

export const noTally: Tally = {
  histories: 0,
  steps: 0,
  minutes: 0,
  runs: 0,
  crashes: 0,
  calls: 0,
  faultsTaken: 0,
  acts: 0,
  refusedActs: 0,
  returns: 0,
  notices: 0,
  drawn: {},
  struck: {},
  callsBy: {},
  met: nothingMet,
};

/** A volume is moved away from these, and back to them only. */
const bursting: ReadonlySet<unknown> = new Set(['gp2', 'st1', 'sc1']);

/** Of a history that has ended. */
export function tallyOf(world: World, steps: readonly Step[]): Tally {
  const { responder, startedAt, performed, faultsTaken } = world;
  const { account, deployed } = responder;
  const { calls } = account.endpoint;
  const asked = calls.filter(({ operation }) => operation === 'ModifyVolume');
  const accepted = asked.filter(({ error }) => error === undefined);
  return {
    histories: 1,
    steps: steps.length,
    minutes: Math.round((account.simulation.now - startedAt) / 60_000),
    runs: account.functions.log.length,
    crashes: account.functions.log.filter(({ outcome }) => outcome.kind === 'crashed').length,
    calls: calls.length,
    faultsTaken,
    acts: accepted.length,
    refusedActs: asked.length - accepted.length,
    returns: accepted.filter(({ input }) => bursting.has((input as { VolumeType?: string }).VolumeType))
      .length,
    notices: calls.filter(({ operation }) => operation === 'Publish').length,
    drawn: countOf(performed.map(({ step }) => step.kind)),
    struck: countOf(performed.filter(hasStruck).map(({ step }) => step.kind)),
    callsBy: countOf(
      calls.map(({ principal, operation }) => `${deployed.lambdaNames.get(principal)} ${operation}`),
    ),
    met: metIn(world),
  };
}

export function added(one: Tally, other: Tally): Tally {
  return {
    histories: one.histories + other.histories,
    steps: one.steps + other.steps,
    minutes: one.minutes + other.minutes,
    runs: one.runs + other.runs,
    crashes: one.crashes + other.crashes,
    calls: one.calls + other.calls,
    faultsTaken: one.faultsTaken + other.faultsTaken,
    acts: one.acts + other.acts,
    refusedActs: one.refusedActs + other.refusedActs,
    returns: one.returns + other.returns,
    notices: one.notices + other.notices,
    drawn: sumOf(one.drawn, other.drawn),
    struck: sumOf(one.struck, other.struck),
    callsBy: sumOf(one.callsBy, other.callsBy),
    met: bothMet(one.met, other.met),
  };
}
