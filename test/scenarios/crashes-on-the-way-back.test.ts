import { beforeAll, describe, expect, test } from 'vitest';
import type { EbsBurstResponderProps } from '../../lib/responder-props.ts';
import type { CrashPoint } from '../../twin/lambda/crash-plan.ts';
import { closedCases, committed, modifyCalls, openCases, saidInOrder } from './account-history.ts';
import { drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { lambdaNamed, runsOf } from './lambdas.ts';
import {
  acting,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const bridging: EbsBurstResponderProps = {
  ...acting,
  target: 'io2',
  fixedIops: 2_500,
  maxMonthlyIncrease: 500,
};

/** Bridged an hour after the start and back a day later. */
const end = startsAt + 27 * hour;

/** A full bucket after the return, or the volume would be watched anew while it fills. */
const volumes = { optimizingTime: () => 5 * minute, balanceAfterReturn: 'full' } as const;
const metrics = { balanceSampling: 5, publicationDelay: 2 } as const;

/** The day between the two moves is no part of this and takes most of the time: the schedules rest then. */
const quiet = { from: startsAt + 3 * hour, until: startsAt + 25 * hour };

async function bridge(): Promise<ResponderAccount> {
  const responder = await responderAccount(bridging, prepare, { volumes, metrics });
  const { bus, simulation } = responder.account;
  bus.lose(
    ({ source }) => source === 'aws.events' && quiet.from < simulation.now && simulation.now < quiet.until,
  );
  return responder;
}

const prepare = (account: ResponderAccount['account']): void =>
  void drainingVolume(account, {
    demand: [
      { from: startsAt, iops: 50, ioBytes: 16_384 },
      { from: startsAt + 30 * minute, iops: 1_900, ioBytes: 16_384 },
      { from: startsAt + 75 * minute, iops: 20, ioBytes: 16_384 },
    ],
  });

interface RunAtWork {
  readonly at: number;
  readonly calls: number;
}

/** Where nothing goes wrong: the run that asks for the way back, and the one that closes the case. */
let undisturbed: { readonly asking: RunAtWork; readonly closing: RunAtWork };

function runAt(responder: ResponderAccount, moment: number): RunAtWork {
  const run = runsOf(responder, 'respond').find(({ at, endedAt }) => at <= moment && moment <= endedAt);
  return { at: run?.at ?? 0, calls: run?.calls ?? 0 };
}

beforeAll(async () => {
  const responder = await bridge();
  await responder.account.simulation.runUntil(end);
  undisturbed = {
    asking: runAt(responder, modifyCalls(responder)[1]?.at ?? 0),
    closing: runAt(responder, closedCases(responder)[0]?.closedAt ?? 0),
  };
});

async function crashing(run: RunAtWork, point: CrashPoint): Promise<ResponderAccount> {
  const responder = await bridge();
  const { simulation, functions } = responder.account;
  await simulation.runUntil(run.at - 1);
  functions.crash(lambdaNamed(responder, 'respond'), point);
  await simulation.runUntil(end);
  return responder;
}

/** One crash, one way there and one back to exactly what the volume was, one story told to its end, nothing left open. */
function expectOneReturn(responder: ResponderAccount, point: CrashPoint): void {
  const [volume] = responder.account.ebs.volumes.volumes;
  const story = {
    crashes: runsOf(responder, 'respond').filter(({ outcome }) => outcome.kind === 'crashed').length,
    asked: modifyCalls(responder).map(({ input }) => input),
    is: volume?.configuration,
    said: saidInOrder(responder),
    open: openCases(responder).length,
    endings: closedCases(responder).map(({ ending }) => ending),
    committed: committed(responder),
    tags: [...(volume?.tags.keys() ?? [])],
  };
  expect(story, JSON.stringify(point)).toEqual({
    crashes: 1,
    asked: [
      { VolumeId: volume?.id, VolumeType: 'io2', Iops: 2_500 },
      { VolumeId: volume?.id, VolumeType: 'gp2' },
    ],
    is: { volumeType: 'gp2', sizeGiB: 100 },
    said: ['acted', 'completed', 'judged', 'returning', 'ended put-back'],
    open: 0,
    endings: ['put-back'],
    committed: 0,
    tags: ['Name', 'ebs-burst:mode'],
  });
  expectInvariants(responder);
}

/** Each of them lives through a day on the bridge. */
const patience = 120_000;

describe('respond dies in the run that asks for the way back', () => {
  test('that run has calls to die at', () => {
    expect(undisturbed.asking.calls).toBeGreaterThan(15);
  });

  test(
    'before any of its calls: the volume goes back once, to exactly what it was',
    async () => {
      for (let call = 1; call <= undisturbed.asking.calls; call += 1)
        expectOneReturn(await crashing(undisturbed.asking, { before: call }), { before: call });
    },
    patience,
  );

  test(
    'after any of its calls: the volume goes back once, to exactly what it was',
    async () => {
      for (let call = 1; call <= undisturbed.asking.calls; call += 1)
        expectOneReturn(await crashing(undisturbed.asking, { after: call }), { after: call });
    },
    patience,
  );
});

describe('respond dies in the run that closes the case', () => {
  test('that run has calls to die at, and is not the one that asked', () => {
    expect(undisturbed.closing.calls).toBeGreaterThan(10);
    expect(undisturbed.closing.at).toBeGreaterThan(undisturbed.asking.at);
  });

  test(
    'after any of its calls: the ending is told once, and what the way there cost is released once',
    async () => {
      for (let call = 1; call <= undisturbed.closing.calls; call += 1)
        expectOneReturn(await crashing(undisturbed.closing, { after: call }), { after: call });
    },
    patience,
  );
});
