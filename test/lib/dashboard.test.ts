import { describe, expect, test } from 'vitest';
import { synthesizedStack } from '../../scripts/synthesized-stack.ts';
import { theOne } from './template.ts';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly properties: { readonly title?: string; readonly metrics?: readonly unknown[][] };
}

const stack = synthesizedStack();

/** The body with every intrinsic replaced by some text. */
function widgets(): readonly Widget[] {
  const { DashboardBody } = theOne(stack, 'AWS::CloudWatch::Dashboard', 'Dashboard').Properties;
  const { 'Fn::Join': join } = DashboardBody as { 'Fn::Join': [string, unknown[]] };
  return JSON.parse(join[1].map((part) => (typeof part === 'string' ? part : 'resolved')).join('')).widgets;
}

const titled = (title: string) => widgets().find(({ properties }) => properties.title?.startsWith(title));
const expressionsOf = (widget: Widget | undefined) =>
  JSON.stringify(widget?.properties.metrics)
    .replaceAll('\\"', '"')
    .match(/SEARCH\('[^']*'/g) ?? [];

describe('the dashboard', () => {
  test('shows balance beside IOPS', () => {
    const [balance, iops] = [titled('Burst balance'), titled('IOPS')];
    expect(iops?.y).toBe(balance?.y);
    expect(iops?.x).not.toBe(balance?.x);
  });

  test.each([
    ['Burst balance', ['VolumeId} MetricName="BurstBalance"']],
    ['IOPS', ['VolumeId} MetricName="VolumeReadOps"', 'VolumeId} MetricName="VolumeWriteOps"']],
    ['Throughput', ['VolumeId} MetricName="VolumeReadBytes"', 'VolumeId} MetricName="VolumeWriteBytes"']],
    ['Queue length', ['VolumeId} MetricName="VolumeQueueLength"']],
    ['Read latency', ['InstanceId,VolumeId} MetricName="VolumeAvgReadLatency"']],
    ['Write latency', ['InstanceId,VolumeId} MetricName="VolumeAvgWriteLatency"']],
  ])('finds the volumes of %s by searching, so that it follows them', (title, searches) => {
    expect(expressionsOf(titled(title))).toEqual(searches.map((search) => `SEARCH('{AWS/EBS,${search}'`));
  });

  test('fits on the screen: no two widgets in one place', () => {
    const places = widgets().map(({ x, y }) => `${x},${y}`);
    expect(new Set(places).size).toBe(places.length);
  });
});
