import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { constantDemand } from '../../../twin/ebs/open-loop-workload.ts';
import documented from '../../fixtures/events/alarm-single-metric.json' with { type: 'json' };
import documentedMuted from '../../fixtures/events/alarm-single-metric-muted.json' with { type: 'json' };
import { connectedEbsAccount, HOUR, MINUTE, PROMPT_METRICS, START } from '../connected-ebs-account.ts';

const NAME = 'ebs-burst/vol-1';

const ALARM: PutMetricAlarmCommandInput = {
  AlarmName: NAME,
  AlarmDescription: 'kept by x',
  Namespace: 'AWS/EBS',
  MetricName: 'BurstBalance',
  Dimensions: [{ Name: 'VolumeId', Value: 'vol-1' }],
  Statistic: 'Minimum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 45,
  ComparisonOperator: 'LessThanThreshold',
  TreatMissingData: 'missing',
};

/** A gp2 volume of 100 GiB that loses one per cent of its balance a minute under load, and earns a third of one at rest. */
async function watched(alarm: Partial<PutMetricAlarmCommandInput> = {}) {
  const connected = connectedEbsAccount({
    metrics: PROMPT_METRICS,
    volumes: { optimizingTime: () => 10 * MINUTE },
  });
  connected.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100, id: 'vol-1' });
  connected.volumes.attach('vol-1', connected.volumes.createInstance({ id: 'i-1' }).id);
  connected.volumes.setWorkload('vol-1', constantDemand({ iops: 1_200, ioBytes: 16_384 }));
  await connected.cloudwatch.send(new PutMetricAlarmCommand({ ...ALARM, ...alarm }));
  const changes = () =>
    connected.events.filter((event) => event['detail-type'] === 'CloudWatch Alarm State Change');
  const states = () => changes().map(({ detail }) => (detail['state'] as { value: string }).value);
  return { ...connected, changes, states };
}

/** The same keys everywhere, whatever the values. */
const shape = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
};

describe('an alarm on BurstBalance', () => {
  test('goes from INSUFFICIENT_DATA to OK to ALARM, and tells each change once', async () => {
    const { states, simulation, alarms } = await watched();
    expect(alarms.get(NAME)?.state).toMatchObject({
      value: 'INSUFFICIENT_DATA',
      reason: 'Unchecked: Initial alarm creation',
    });
    await simulation.runFor(50 * MINUTE);
    expect(states()).toEqual(['OK']);
    await simulation.runFor(4 * HOUR);
    expect(states()).toEqual(['OK', 'ALARM']);
  });

  test('sends what AWS documents', async () => {
    const { changes, simulation } = await watched();
    await simulation.runFor(HOUR);
    const event = changes().at(-1);
    expect(shape(event)).toEqual(shape(documented));
    expect(event).toMatchObject({
      source: 'aws.cloudwatch',
      account: '123456789012',
      region: 'us-east-1',
      time: '2026-11-22T10:56:10Z',
      resources: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:ebs-burst/vol-1'],
      detail: {
        alarmName: NAME,
        configuration: {
          description: 'kept by x',
          metrics: [{ metricStat: { period: 300, stat: 'Minimum' } }],
        },
        previousState: { value: 'OK' },
        state: {
          value: 'ALARM',
          timestamp: '2026-11-22T10:56:10.000+0000',
          reason:
            'Threshold Crossed: 1 out of the last 1 datapoints [44.0 (22/11/26 10:51:00)] was less than the threshold (45.0) (minimum 1 datapoint for OK -> ALARM transition).',
          reasonData:
            '{"version":"1.0","queryDate":"2026-11-22T10:56:10.000+0000","startDate":"2026-11-22T10:51:00.000+0000","statistic":"Minimum","period":300,"recentDatapoints":[44],"threshold":45}',
        },
      },
    });
  });

  test('has no data once the volume is gp3, and does not call that recovered', async () => {
    const { states, changes, simulation, volumes } = await watched();
    await simulation.runFor(HOUR);
    volumes.modifyByPerson('vol-1', { volumeType: 'gp3' });
    await simulation.runFor(HOUR);
    expect(states()).toEqual(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
    expect(changes().at(-1)?.detail['state']).toMatchObject({
      reason: 'Insufficient Data: 1 datapoint was unknown.',
    });
  });

  test('recovers when the balance does', async () => {
    const { states, simulation, volumes } = await watched();
    await simulation.runFor(HOUR);
    volumes.setWorkload('vol-1', undefined);
    await simulation.runFor(2 * HOUR);
    expect(states()).toEqual(['OK', 'ALARM', 'OK']);
  });

  test.each([
    ['ignore', ['OK', 'ALARM']],
    ['breaching', ['ALARM', 'OK', 'ALARM']],
    ['notBreaching', ['OK', 'ALARM', 'OK']],
  ])('that treats missing data as %s gives %j around an upgrade', async (TreatMissingData, expected) => {
    const { states, simulation, volumes, metrics } = await watched({ TreatMissingData });
    metrics.withhold('vol-1');
    await simulation.runFor(2 * MINUTE);
    metrics.resume('vol-1');
    await simulation.runFor(HOUR);
    volumes.modifyByPerson('vol-1', { volumeType: 'gp3' });
    await simulation.runFor(HOUR);
    expect(states()).toEqual(expected);
  });

  test('carries muteDetail in a mute window, and is sent all the same', async () => {
    const { changes, simulation, alarms } = await watched();
    alarms.mute({ name: 'x', alarmNames: [NAME], from: START + 50 * MINUTE, until: START + HOUR });
    await simulation.runFor(HOUR);
    const [before, during] = changes();
    expect(before?.detail).not.toHaveProperty('muteDetail');
    expect(shape(during)).toEqual(shape(documentedMuted));
    expect(during?.detail['muteDetail']).toEqual({
      mutedByArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm-mute-rule:x',
      muteWindowStart: '2026-11-22T10:50:00.000+0000',
      muteWindowEnd: '2026-11-22T11:00:00.000+0000',
    });
  });

  test('set to ALARM by hand tells so and falls back at the next evaluation', async () => {
    const { states, simulation, alarms } = await watched();
    await simulation.runFor(5 * MINUTE);
    alarms.setState(NAME, 'ALARM', 'forged');
    await simulation.runFor(MINUTE);
    expect(states()).toEqual(['OK', 'ALARM', 'OK']);
  });

  test('sees a datapoint only when it is published', async () => {
    const { simulation, states } = await (async () => {
      const connected = connectedEbsAccount({ metrics: { balanceSampling: 5, publicationDelay: 5 } });
      connected.volumes.createVolume({ volumeType: 'gp2', sizeGiB: 100, id: 'vol-1' });
      connected.volumes.attach('vol-1', connected.volumes.createInstance().id);
      await connected.cloudwatch.send(new PutMetricAlarmCommand(ALARM));
      return { ...connected, states: () => connected.alarms.get(NAME)?.state.value };
    })();
    await simulation.runFor(10 * MINUTE);
    expect(states()).toBe('INSUFFICIENT_DATA');
    await simulation.runFor(MINUTE);
    expect(states()).toBe('OK');
  });
});

describe('PutMetricAlarm', () => {
  test('replaces everything but the state and the tags', async () => {
    const { cloudwatch, alarms, simulation } = await watched({ Tags: [{ Key: 'a', Value: '1' }] });
    await simulation.runFor(5 * MINUTE);
    const { AlarmDescription: _gone, ...rest } = ALARM;
    await cloudwatch.send(
      new PutMetricAlarmCommand({ ...rest, Threshold: 30, Tags: [{ Key: 'a', Value: '2' }] }),
    );
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [NAME] }));
    expect(MetricAlarms?.[0]).toMatchObject({
      Threshold: 30,
      StateValue: 'OK',
      DatapointsToAlarm: 1,
      Period: 300,
    });
    expect(MetricAlarms?.[0]).not.toHaveProperty('AlarmDescription');
    expect(alarms.get(NAME)?.tags).toEqual({ a: '1' });
  });

  test.each<[Partial<PutMetricAlarmCommandInput>, string]>([
    [{ AlarmName: '' }, 'AlarmName must have 1 to 255 characters.'],
    [{ AlarmDescription: 'x'.repeat(1_025) }, 'AlarmDescription must have at most 1024 characters.'],
    [{ Period: 90 }, 'Period must be 10, 20, 30 or a multiple of 60.'],
    [{ DatapointsToAlarm: 2 }, 'DatapointsToAlarm must be at least 1 and not exceed EvaluationPeriods.'],
    [
      { EvaluationPeriods: 289 },
      'Metrics cannot be checked across more than 86400 seconds (EvaluationPeriods * Period must be <= 86400).',
    ],
    [
      { TreatMissingData: 'nothing' },
      'TreatMissingData must be one of missing, ignore, breaching, notBreaching.',
    ],
  ])('refuses %j', async (change, message) => {
    await expect(watched(change)).rejects.toMatchObject({ name: 'ValidationError', message });
  });

  test('is throttled above three a second, not at three', async () => {
    const { cloudwatch, simulation } = await watched();
    const put = () => cloudwatch.send(new PutMetricAlarmCommand(ALARM));
    await put();
    await put();
    await expect(put()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    await simulation.runFor(334);
    await expect(put()).resolves.toBeDefined();
  });
});

describe('DescribeAlarms and DeleteAlarms', () => {
  async function many(count: number) {
    const connected = connectedEbsAccount({ throttling: 'none' });
    const names = Array.from(
      { length: count },
      (_, index) => `ebs-burst/vol-${String(index).padStart(4, '0')}`,
    );
    for (const AlarmName of [...names, 'foreign']) {
      await connected.cloudwatch.send(new PutMetricAlarmCommand({ ...ALARM, AlarmName }));
    }
    return { ...connected, names };
  }

  test('page by prefix, each alarm once, also when earlier ones are deleted on the way', async () => {
    const { cloudwatch, names } = await many(250);
    const seen: string[] = [];
    const pages = paginateDescribeAlarms(
      { client: cloudwatch, pageSize: 100 },
      { AlarmNamePrefix: 'ebs-burst/' },
    );
    for await (const { MetricAlarms = [] } of pages) {
      const page = MetricAlarms.map(({ AlarmName = '' }) => AlarmName);
      seen.push(...page);
      await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: page }));
    }
    expect(seen).toEqual(names);
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['foreign']);
  });

  test('refuse more than a hundred names, accept a hundred and pass over unknown ones', async () => {
    const { cloudwatch } = await many(1);
    const names = Array.from({ length: 101 }, (_, index) => `n${index}`);
    const tooMany = { name: 'ValidationError', message: expect.stringContaining('greater than 100') };
    await expect(cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: names }))).rejects.toMatchObject(
      tooMany,
    );
    await expect(cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: names }))).rejects.toMatchObject(
      tooMany,
    );
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [...names.slice(0, 99), 'foreign'] }));
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: ['foreign'] }));
    expect(MetricAlarms).toEqual([]);
  });

  test('choose by state', async () => {
    const { cloudwatch, alarms, names } = await many(3);
    alarms.setState(names[1] ?? '', 'ALARM', 'test');
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
    expect(MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual([names[1]]);
  });
});
