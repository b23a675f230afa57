import type { Step } from './step.ts';
import type { World } from './world.ts';

/** What some histories amounted to. Counts only, so that they add up and travel between processes. */
export interface Tally {
  readonly histories: number;
  readonly steps: number;
  readonly minutes: number;
  readonly runs: number;
  readonly calls: number;
  /** Modifications of ours that AWS accepted, and those that it refused. */
  readonly acts: number;
  readonly refusedActs: number;
  readonly notices: number;
  /** Of steps other than time that passes, by kind. */
  readonly kinds: Readonly<Record<string, number>>;
}

export const noTally: Tally = {
  histories: 0,
  steps: 0,
  minutes: 0,
  runs: 0,
  calls: 0,
  acts: 0,
  refusedActs: 0,
  notices: 0,
  kinds: {},
};

export function tallyOf({ responder: { account }, startedAt }: World, steps: readonly Step[]): Tally {
  const { calls } = account.endpoint;
  const asked = calls.filter(({ operation }) => operation === 'ModifyVolume');
  const acts = asked.filter(({ error }) => error === undefined).length;
  return {
    histories: 1,
    steps: steps.length,
    minutes: Math.round((account.simulation.now - startedAt) / 60_000),
    runs: account.functions.log.length,
    calls: calls.length,
    acts,
    refusedActs: asked.length - acts,
    notices: calls.filter(({ operation }) => operation === 'Publish').length,
    kinds: countKinds(steps),
  };
}

function countKinds(steps: readonly Step[]): Readonly<Record<string, number>> {
  const kinds: Record<string, number> = {};
  for (const { kind } of steps) if (kind !== 'live') kinds[kind] = (kinds[kind] ?? 0) + 1;
  return kinds;
}

export function added(one: Tally, other: Tally): Tally {
  const kinds = { ...one.kinds };
  for (const [kind, count] of Object.entries(other.kinds)) kinds[kind] = (kinds[kind] ?? 0) + count;
  return {
    histories: one.histories + other.histories,
    steps: one.steps + other.steps,
    minutes: one.minutes + other.minutes,
    runs: one.runs + other.runs,
    calls: one.calls + other.calls,
    acts: one.acts + other.acts,
    refusedActs: one.refusedActs + other.refusedActs,
    notices: one.notices + other.notices,
    kinds,
  };
}
