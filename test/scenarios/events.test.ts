import { describe, expect, test } from 'vitest';
import type { AwsEvent } from '../../twin/aws-event.ts';
import {
  caseNotices,
  closedCases,
  mails,
  modifyCalls,
  openCases,
  saidInOrder,
  slackTexts,
} from './account-history.ts';
import { calmVolume, drainingVolume } from './draining-volumes.ts';
import { expectInvariants } from './invariants.ts';
import { runsOf, toWork } from './lambdas.ts';
import {
  acting,
  hour,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const end = startsAt + 3 * hour;
const told = ['acted', 'completed', 'ended averted'];
/** The balance is empty about then if nobody acts. */
const wall = startsAt + 85 * minute;

const withVolume = (make: (account: ResponderAccount['account']) => string): Promise<ResponderAccount> =>
  responderAccount(acting, (account) => void make(account), {
    volumes: { optimizingTime: () => 5 * minute },
  });

const alarmEvents = ({ account }: ResponderAccount): readonly AwsEvent[] =>
  account.bus.log.map(({ event }) => event).filter(({ source }) => source === 'aws.cloudwatch');

/** The one story of a volume that was moved in time. */
function expectMovedOnce(responder: ResponderAccount): void {
  expect(modifyCalls(responder)).toHaveLength(1);
  expect(modifyCalls(responder)[0]?.at).toBeLessThan(wall);
  expect(saidInOrder(responder)).toEqual(told);
  expect(openCases(responder)).toEqual([]);
  expectInvariants(responder);
}

function expectUntouched(responder: ResponderAccount): void {
  expect(modifyCalls(responder)).toEqual([]);
  expect(mails(responder)).toEqual([]);
  expect(slackTexts(responder)).toEqual([]);
  expect([...openCases(responder), ...closedCases(responder)]).toEqual([]);
  expectInvariants(responder);
}

/** Sends everything that reaches the bus up to four times more, within two minutes. */
function repeatEvents({ account: { bus, simulation } }: ResponderAccount): void {
  const copies = new Set<AwsEvent>();
  let seen = 0;
  simulation.every(5_000, () => {
    const fresh = bus.log.slice(seen).map(({ event }) => event);
    seen = bus.log.length;
    for (const [index, event] of fresh.entries()) {
      for (let copy = 0; !copies.has(event) && copy < 1 + ((seen + index) % 4); copy += 1) {
        const again = { ...event };
        copies.add(again);
        simulation.after(copy * 37_000, () => bus.emit(again));
      }
    }
  });
}

describe('events', () => {
  test('that come up to five times cause one act and each word once', async () => {
    const responder = await withVolume(drainingVolume);
    repeatEvents(responder);
    await responder.account.simulation.runUntil(end);
    expect(alarmEvents(responder).length).toBeGreaterThan(2);
    expectMovedOnce(responder);
  });

  test('that come hours late change nothing: the volume was moved in time without them', async () => {
    const responder = await withVolume(drainingVolume);
    const late = { delay: { low: 2 * hour, high: 5 * hour } };
    responder.account.bus.setFaults('aws.cloudwatch', late);
    responder.account.bus.setFaults('aws.ec2', late);
    await responder.account.simulation.runUntil(startsAt + 9 * hour);
    expectMovedOnce(responder);
  });

  test('that overtake each other, OK before ALARM, cause the same act', async () => {
    const responder = await withVolume(drainingVolume);
    const { bus, simulation } = responder.account;
    bus.setFaults('aws.cloudwatch', { reorder: 1, duplicate: 0.5 });
    bus.setFaults('aws.ec2', { reorder: 1, duplicate: 0.5 });
    simulation.every(20_000, () => {
      const ok = alarmEvents(responder).find(({ detail }) => JSON.stringify(detail['state']).includes('OK'));
      if (ok !== undefined) bus.emit({ ...ok });
    });
    await simulation.runUntil(end);
    expectMovedOnce(responder);
  });

  test('that are all lost leave it to the sweep, which finds the alarm and acts in time', async () => {
    const responder = await withVolume(drainingVolume);
    responder.account.bus.lose(({ source }) => source === 'aws.cloudwatch' || source === 'aws.ec2');
    await responder.account.simulation.runUntil(end);
    expectMovedOnce(responder);
  });

  test('of a healthy volume whose alarm somebody set to ALARM cause nothing', async () => {
    const responder = await withVolume(calmVolume);
    const { ebs, simulation } = responder.account;
    await simulation.runUntil(startsAt + hour);
    const [alarm] = ebs.alarms.all;
    for (let again = 0; again < 10; again += 1) {
      ebs.alarms.setState(alarm?.definition.name ?? '', 'ALARM', 'set by hand');
      await simulation.runFor(3 * minute);
    }
    expect(alarmEvents(responder).length).toBeGreaterThanOrEqual(20);
    expectUntouched(responder);
  });

  test.each([
    ['of another account', { account: '999999999999' }],
    ['of another Region', { region: 'eu-west-1' }],
    ['that nobody sent, for a healthy volume', {}],
  ])('%s cause nothing', async (_, change) => {
    const donor = await withVolume(drainingVolume);
    await donor.account.simulation.runUntil(startsAt + hour);
    const alarming = alarmEvents(donor).find(({ detail }) =>
      JSON.stringify(detail['state']).includes('"ALARM"'),
    );
    expect(alarming).toBeDefined();
    const responder = await withVolume(calmVolume);
    await responder.account.simulation.runUntil(startsAt + hour);
    if (alarming !== undefined) responder.account.bus.emit({ ...alarming, ...change });
    await responder.account.simulation.runUntil(end);
    expect(responder.account.bus.log.at(-1)?.rules, 'the forged event reached our queue').toHaveLength(1);
    expectUntouched(responder);
  });

  test('of three days ago, put back from the dead-letter queue, cause nothing more', async () => {
    const responder = await withVolume((account) =>
      drainingVolume(account, {
        demand: [
          { from: startsAt, iops: 50, ioBytes: 16_384 },
          { from: startsAt + 30 * minute, iops: 1_900, ioBytes: 16_384 },
          { from: startsAt + 3 * hour, iops: 0, ioBytes: 16_384 },
        ],
      }),
    );
    await responder.account.simulation.runUntil(startsAt + 72 * hour);
    for (const event of alarmEvents(responder)) toWork(responder, JSON.stringify(event));
    await responder.account.simulation.runFor(10 * minute);
    expectMovedOnce(responder);
  });
});

describe('an alarm that flaps', () => {
  /** Every other minute it is set to what it is not; CloudWatch sets it back a minute later. */
  const flapping = ({ account: { ebs, simulation } }: ResponderAccount): void => {
    const flip = () => {
      for (const { definition, state } of ebs.alarms.all)
        ebs.alarms.setState(definition.name, state.value === 'ALARM' ? 'OK' : 'ALARM', 'flapping');
    };
    simulation.every(2 * minute, flip, startsAt + hour);
  };

  /** Five minutes of full burst, then rest, near the bottom of the bucket. */
  const squareWave = Array.from({ length: 30 }, (_, index) => [
    { from: startsAt + (60 + index * 20) * minute, iops: 2_000, ioBytes: 16_384 },
    { from: startsAt + (65 + index * 20) * minute, iops: 0, ioBytes: 16_384 },
  ]).flat();

  test('on a volume that nobody may touch, at its wall again and again, is told at most once an hour', async () => {
    const responder = await withVolume((account) =>
      drainingVolume(account, {
        tags: {},
        demand: [{ from: startsAt + 10 * minute, iops: 2_000, ioBytes: 16_384 }, ...squareWave],
      }),
    );
    flapping(responder);
    await responder.account.simulation.runUntil(startsAt + 10 * hour);
    const events = alarmEvents(responder).length;
    expect(events).toBeGreaterThan(100);
    const [first, ...calls] = caseNotices(responder);
    expect(first?.said.kind).toBe('warned');
    expect(new Set(calls.map(({ said }) => said.kind))).toEqual(new Set(['needed']));
    for (const [index, { at }] of calls.slice(1).entries())
      expect(at - (calls[index]?.at ?? at)).toBeGreaterThanOrEqual(hour);
    expectInvariants(responder);
  });

  test('on a volume that is not heading for the wall says nothing', async () => {
    const responder = await withVolume((account) =>
      drainingVolume(account, { demand: [{ from: startsAt, iops: 300, ioBytes: 16_384 }] }),
    );
    flapping(responder);
    await responder.account.simulation.runUntil(startsAt + 5 * hour);
    expectUntouched(responder);
  });
});

describe('messages that nobody can use', () => {
  const poison = [
    '{"kind":',
    'null',
    '[]',
    '"vol-1"',
    '{}',
    '{"kind":"look-at","volumeId":"vol-x"}',
    'x'.repeat(1_048_576),
  ];

  test('do not keep the others from being answered and are not tried again', async () => {
    const responder = await withVolume(drainingVolume);
    const { simulation, queues } = responder.account;
    simulation.every(10 * minute, () => {
      for (const body of poison) toWork(responder, body);
    });
    await simulation.runUntil(end);
    expectMovedOnce(responder);
    expect(runsOf(responder, 'respond').filter(({ outcome }) => outcome.kind !== 'succeeded')).toEqual([]);
    const unanswered = responder.deployed.stack.physicalName('Responder/Unanswered');
    expect(queues.get(unanswered).peek()).toEqual([]);
  });
});
