import { describe, expect, it } from 'vitest';
import { caseNotices, closedCases, mails, modifyCalls, saidInOrder } from './account-history.ts';
import { acting, attachedVolume, hour, type Load, minute, responderAccount, startsAt } from './responder-account.ts';

const drain: readonly Load[] = [
  { at: 0, iops: 50 },
  { at: 30, iops: 2_000 },
];

/** A gp2 volume of this size, two hours after the beginning of a drain. */
async function drained(sizeGiB: number, callLatency = 0) {
  const ids: string[] = [];
  const responder = await responderAccount(acting, (account) => {
    ids.push(attachedVolume(account, { volumeType: 'gp2', sizeGiB }, drain));
  });
  const { account, deployed } = responder;
  const respond = deployed.stack.physicalName('Responder/Respond/Function');
  account.functions.settings(respond).callLatency = callLatency;
  await account.simulation.runUntil(startsAt + 4 * hour);
  return { ...responder, respond, volumeId: ids.join() };
}

describe('ALARM → gp3 → averted', () => {
  it.each([
    [33, 128],
    [100, 128],
    [170, 128],
    [171, 250],
    [334, 250],
    [750, 250],
  ])('asks for exactly 3,000 IOPS and the source ceiling at %i GiB: %i MiB/s', async (size, throughput) => {
    const responder = await drained(size);
    expect(modifyCalls(responder).map(({ input }) => input)).toEqual([
      { VolumeId: responder.volumeId, VolumeType: 'gp3', Iops: 3_000, Throughput: throughput },
    ]);
  });
  it('x', async () => {
    const responder = await drained(100, 1000);
    const { account, respond } = responder;
    const run = account.functions.log.find((r) => r.functionName === respond && r.endedAt >= modifyCalls(responder)[0].at);
    console.log(run, saidInOrder(responder), closedCases(responder).map(c=>c.ending), mails(responder).length);
    for (const c of account.endpoint.calls.filter((c) => c.principal === respond && c.at >= run.at && c.at <= run.endedAt)) console.log((c.at - run.at) / 1000, c.operation, (c.input as any).Key?.pk?.S ?? '');
  });
});
