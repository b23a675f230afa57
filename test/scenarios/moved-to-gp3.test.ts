import { describe, expect, it } from 'vitest';
import { closedCases, mails, modifyCalls, openCases, saidInOrder, unfolded } from './account-history.ts';
import {
  acting,
  attachedVolume,
  hour,
  type Load,
  minute,
  type ResponderAccount,
  responderAccount,
  startsAt,
} from './responder-account.ts';

const draining: readonly Load[] = [
  { at: 0, iops: 50 },
  { at: 30, iops: 3_000 },
];

interface Moved extends ResponderAccount {
  readonly volumeId: string;
  /** Name of the function that may modify. */
  readonly respond: string;
}

/** A consenting gp2 volume that drains at full burst from the 30th minute on; nothing has run yet. */
async function aDrain(sizeGiB = 100, load = draining, instance = {}): Promise<Moved> {
  const ids: string[] = [];
  const responder = await responderAccount(acting, (account) => {
    ids.push(attachedVolume(account, { volumeType: 'gp2', sizeGiB }, load, instance));
  });
  const respond = responder.deployed.stack.physicalName('Responder/Respond/Function');
  return { ...responder, respond, volumeId: ids.join() };
}

describe('ALARM → gp3 → averted', () => {
  it.each([
    [33, 128],
    [170, 128],
    [171, 250],
    [750, 250],
  ])(
    'asks once for gp3 with 3,000 IOPS and the ceiling that %i GiB of gp2 has: %i MiB/s',
    async (sizeGiB, throughput) => {
      const responder = await aDrain(sizeGiB);
      await responder.account.simulation.runUntil(startsAt + 3 * hour);
      expect(modifyCalls(responder).map(({ input }) => input)).toEqual([
        { VolumeId: responder.volumeId, VolumeType: 'gp3', Iops: 3_000, Throughput: throughput },
      ]);
    },
  );

  it('tells the move, its verdict and its end, and leaves the volume on gp3 for good', async () => {
    const responder = await aDrain(100, [{ at: 30, iops: 2_000 }]);
    const { account, volumeId } = responder;
    await account.simulation.runUntil(startsAt + 6 * hour);
    expect(saidInOrder(responder)).toEqual(['acted', 'judged', 'ended averted']);
    expect(account.ebs.volumes.volume(volumeId).configuration).toEqual({
      volumeType: 'gp3',
      sizeGiB: 100,
      iops: 3_000,
      throughput: 128,
    });
    expect(openCases(responder)).toEqual([]);
    expect(closedCases(responder)).toMatchObject([
      { ending: 'averted', stays: { purpose: 'fix', from: { type: 'gp2' }, to: { type: 'gp3' } } },
    ]);
    const subjects = mails(responder).map(({ subject }) => subject);
    expect(subjects).toHaveLength(3);
    for (const subject of subjects) expect(subject).toMatch(/^NO ACTION NEEDED: db disk mov(ing|ed) to gp3/);
  });

  it('never throttles in the twin: queue and latency stay what they were', async () => {
    const { account, volumeId } = await aDrain();
    let longestQueue = 0;
    account.ebs.volumes.onMinute(() => {
      const { queueLengthSeconds } = account.ebs.volumes.volume(volumeId).minute;
      longestQueue = Math.max(longestQueue, queueLengthSeconds / 60);
    });
    await account.simulation.runUntil(startsAt + 6 * hour);
    expect(longestQueue).toBeLessThan(5);
  });

  it('writes the state tags before it asks AWS, and clears them when the case ends', async () => {
    const { account, volumeId, respond } = await aDrain();
    await account.simulation.runUntil(startsAt + 6 * hour);
    const written = account.endpoint.calls.filter(
      ({ principal, operation }) => principal === respond && /Tags|ModifyVolume/.test(operation),
    );
    expect(written.map(({ operation }) => operation)).toEqual(['CreateTags', 'ModifyVolume', 'DeleteTags']);
    const [marked] = written;
    expect(marked?.input).toEqual({
      Resources: [volumeId],
      Tags: [
        { Key: 'ebs-burst:state', Value: expect.stringMatching(/^EB-\w{8}#\d+$/) },
        { Key: 'ebs-burst:state-was', Value: 'gp2' },
        { Key: 'ebs-burst:state-at', Value: new Date(marked?.at ?? 0).toISOString() },
      ],
    });
    const tags = [...account.ebs.volumes.volume(volumeId).tags.keys()];
    expect(tags).toEqual(['Name', 'ebs-burst:mode']);
  });

  it('needs four rounds of AWS calls from the queue message to ModifyVolume, and a minute from the alarm', async () => {
    const responder = await aDrain(33);
    const { account, respond } = responder;
    const round = 1_000;
    account.functions.settings(respond).callLatency = round;
    await account.simulation.runUntil(startsAt + 2 * hour);
    const [asked] = modifyCalls(responder);
    const run = account.functions.log.find(
      ({ functionName, at, endedAt }) =>
        functionName === respond && at <= (asked?.at ?? 0) && endedAt >= (asked?.at ?? 0),
    );
    expect(((asked?.at ?? 0) - (run?.at ?? 0)) / round).toBe(4);
    expect((asked?.at ?? 0) - (alarmAt(responder) ?? 0)).toBeLessThanOrEqual(minute);
  });

  it('deletes the alarm with the next census: gp3 cannot run out', async () => {
    const responder = await aDrain();
    const { account, volumeId } = responder;
    const name = `ebs-burst/${volumeId}`;
    await account.simulation.runUntil(startsAt + 40 * minute);
    expect(account.ebs.alarms.get(name)?.definition.name).toBe(name);
    await account.simulation.runUntil(startsAt + 2 * hour);
    const [asked] = modifyCalls(responder);
    const deleted = account.endpoint.calls.find(({ operation }) => operation === 'DeleteAlarms');
    expect(deleted?.input).toEqual({ AlarmNames: [name] });
    expect((deleted?.at ?? 0) - (asked?.at ?? 0)).toBeLessThanOrEqual(16 * minute);
    expect(account.ebs.alarms.get(name)).toBeUndefined();
  });
});

/** When the alarm went into ALARM, as its event said. */
function alarmAt({ account, respond }: Moved): number | undefined {
  const bodies = account.functions.log
    .filter(({ functionName }) => functionName === respond)
    .flatMap(({ event }) => (event as { Records: readonly { body: string }[] }).Records)
    .map(({ body }) => JSON.parse(body) as { detail?: { state?: { value: string; timestamp: string } } });
  const alarm = bodies.map(({ detail }) => detail?.state).find((state) => state?.value === 'ALARM');
  return alarm && Date.parse(alarm.timestamp);
}

describe('accepted but not relieved', () => {
  const needed = 'YOU ARE NEEDED: db disk is still slow after its move to gp3';

  it('tells that more IOPS did not help when the application then asks for more than gp3 gives', async () => {
    const responder = await aDrain(100, [
      { at: 0, iops: 50 },
      { at: 30, iops: 2_500 },
      { at: 60, iops: 6_000 },
    ]);
    await responder.account.simulation.runUntil(startsAt + 5 * hour);
    expect(saidInOrder(responder)).toEqual(['acted', 'judged', 'completed', 'ended not-relieved']);
    const judged = mails(responder).find(({ message }) => message.includes('ACCEPTED BUT NOT RELIEVED'));
    expect(judged?.subject).toContain(needed);
    expect(closedCases(responder)).toMatchObject([
      { ending: 'not-relieved', stays: { to: { type: 'gp3' } } },
    ]);
    expect(modifyCalls(responder)).toHaveLength(1);
  });

  it('names the instance when that holds the I/O back once the volume no longer does', async () => {
    const load = [
      { at: 0, iops: 50 },
      { at: 30, iops: 2_900 },
    ];
    const responder = await aDrain(100, load, { ebsIops: { baseline: 1_000, maximum: 2_950 } });
    await responder.account.simulation.runUntil(startsAt + 6 * hour);
    expect(saidInOrder(responder)).toEqual(['acted', 'judged', 'completed', 'ended not-relieved']);
    const [, judged] = mails(responder);
    expect(judged?.subject).toContain(needed);
    expect(unfolded(judged?.message ?? '')).toContain('InstanceEBSIOPSExceededCheck');
  });
});
