import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { alarmNameOf, burstBalanceAlarm, diffAlarms } from '../../core/domain/credits/alarm-plan.ts';
import { minutes, percent } from '../../core/domain/units.ts';
import { cloudwatchAlarmShelf } from '../../lambda/adapters/cloudwatch-alarm-shelf.ts';
import { constantDemand } from '../../twin/ebs/open-loop-workload.ts';
import { accountUnderTest, volumeId } from './account-under-test.ts';

function shelfUnderTest() {
  const world = accountUnderTest({ metrics: { publicationDelay: 1, balanceSampling: 1 } });
  return { ...world, shelf: cloudwatchAlarmShelf(world.cloudWatch, 'prod') };
}

const desired = (id: string, deployment = 'prod', threshold = 40) => ({
  name: alarmNameOf(volumeId(id)),
  volumeId: volumeId(id),
  description: `Burst credits of ${id} are low. [ebs-burst deployment ${deployment}]`,
  threshold: percent(threshold),
});

const numbered = (count: number) => `vol-0${String(count).padStart(16, '0')}`;

describe('put and list', () => {
  test('give back exactly what was put, without actions', async () => {
    const { shelf, calls } = shelfUnderTest();
    const alarm = desired(numbered(1), 'prod', 41.666666666666664);
    await shelf.put(alarm);
    const listed = await shelf.list();
    expect(listed).toEqual([{ ...alarm, definition: { ...burstBalanceAlarm } }]);
    expect(diffAlarms([alarm], listed, 'prod')).toEqual({ put: [], delete: [], keep: 1, foreign: [] });
    const [call] = calls('PutMetricAlarm');
    expect(Object.keys(call?.input ?? {}).filter((key) => key.includes('Actions'))).toEqual([]);
  });

  test('page by 100 and show foreign alarms under our prefix, but no others', async () => {
    const { shelf, cloudWatch, calls } = shelfUnderTest();
    for (let count = 0; count < 205; count += 1) await shelf.put(desired(numbered(count)));
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'somebody-elses',
        Namespace: 'AWS/EBS',
        MetricName: 'BurstBalance',
        Statistic: 'Minimum',
        Period: 300,
        EvaluationPeriods: 1,
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 20,
      }),
    );
    await shelf.put(desired(numbered(999), 'other'));
    const listed = await shelf.list();
    expect(listed).toHaveLength(206);
    expect(calls('DescribeAlarms')).toHaveLength(3);
  });
});

test('delete takes 100 names a call, and makes none for no names', async () => {
  const { shelf, calls } = shelfUnderTest();
  const names = Array.from({ length: 101 }, (_, count) => desired(numbered(count)).name);
  for (let count = 0; count < 101; count += 1) await shelf.put(desired(numbered(count)));
  await shelf.delete(names);
  await shelf.delete([]);
  expect(await shelf.list()).toEqual([]);
  expect(calls('DeleteAlarms')).toHaveLength(2);
});

test('inAlarm names the volumes of our alarms in ALARM, not those of other deployments', async () => {
  const { shelf, account, wait } = shelfUnderTest();
  const { volumes } = account.ebs;
  const instance = volumes.createInstance();
  const [ours, theirs, idle] = Array.from({ length: 3 }, () =>
    volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100 }),
  );
  if (ours === undefined || theirs === undefined || idle === undefined) throw new Error('expected three');
  for (const { id } of [ours, theirs, idle]) volumes.attach(id, instance.id);
  for (const { id } of [ours, theirs]) {
    volumes.setWorkload(id, constantDemand({ iops: 3_000, ioBytes: 16_384 }));
  }
  await shelf.put(desired(ours.id, 'prod', 90));
  await shelf.put(desired(theirs.id, 'other', 90));
  await shelf.put(desired(idle.id, 'prod', 90));
  await wait(minutes(15));
  expect(await shelf.inAlarm()).toEqual([ours.id]);
});
