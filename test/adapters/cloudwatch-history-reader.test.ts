import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { historyWindow, planDetail, planSurvey } from '../../core/application/assess/reading-plan.ts';
import { days, hours, instant, minutes } from '../../core/domain/units.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import { cloudwatchHistoryReader } from '../../lambda/adapters/cloudwatch-history-reader.ts';
import { constantDemand } from '../../twin/ebs/open-loop-workload.ts';
import { addVolume, simulatedAccount } from '../application/assess/simulated-fleet.ts';

async function recorded() {
  const account = simulatedAccount();
  const volume = addVolume(account, 0);
  // 1,000 I/Os of 10 KiB a second: 9.765625 MiB/s.
  volume.workload = constantDemand({ iops: 1_000, ioBytes: 10_240, readShare: 0.25 });
  await account.simulation.runFor(6 * 3_600_000);
  const reader = cloudwatchHistoryReader(account.connected(CloudWatchClient, 'assess'));
  const window = historyWindow(instant(account.simulation.now), hours(6));
  return { account, reader, window, id: volume.id as VolumeId };
}

test('adds reads and writes up, and gives them a second, to three places', async () => {
  const { reader, window, id } = await recorded();
  const [call] = planDetail(id, window);
  if (call === undefined) throw new Error('expected a call');
  const answer = await reader.read(call);
  if (answer.kind !== 'read') throw new Error(answer.failure.said);
  expect(answer.calls).toBe(1);
  expect([...answer.parts.keys()]).toEqual([`${id} balance`, `${id} iops`, `${id} throughput`]);
  const first = (part: string) => {
    const reading = answer.parts.get(`${id} ${part}`);
    return reading?.kind === 'read' ? reading.value[10] : undefined;
  };
  expect(first('iops')).toMatchObject({ period: minutes(1), value: 1_000 });
  expect(first('throughput')).toMatchObject({ value: 9.766 });
});

test('gives the lowest balance of each hour', async () => {
  const { reader, window, id } = await recorded();
  const [call] = planSurvey([id], window);
  if (call === undefined) throw new Error('expected a call');
  const answer = await reader.read(call);
  const balance = answer.kind === 'read' ? answer.parts.get(`${id} balance`) : undefined;
  const values = balance?.kind === 'read' ? balance.value : [];
  expect(values.map(({ period }) => period)).toEqual(values.map(() => hours(1)));
  expect(values[0]?.value).toBeGreaterThan(values[1]?.value ?? 100);
});

test('follows further pages and counts them', async () => {
  const { reader, window, id } = await recorded();
  const [call] = planDetail(id, window);
  if (call === undefined) throw new Error('expected a call');
  // 400 metrics of 360 minutes.
  const many = { ...call, parts: Array.from({ length: 80 }, () => call.parts).flat() };
  expect(await reader.read(many)).toMatchObject({ kind: 'read', calls: 2 });
});

test('tells a refusal as what it is', async () => {
  const account = simulatedAccount({ authorise: () => false });
  const reader = cloudwatchHistoryReader(account.connected(CloudWatchClient, 'assess'));
  const window = historyWindow(instant(account.simulation.now), days(1));
  const [call] = planSurvey(['vol-0123456789abcdef0'], window);
  if (call === undefined) throw new Error('expected a call');
  expect(await reader.read(call)).toMatchObject({
    kind: 'failed',
    failure: { kind: 'denied', action: 'cloudwatch:GetMetricData' },
  });
});
