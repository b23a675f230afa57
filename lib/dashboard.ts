import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type HorizontalAnnotation,
  type IAlarm,
  type IMetric,
  MathExpression,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { gp2 } from '../core/domain/volume-limits.ts';
import { ownMetric } from './self-watch.ts';

export interface DashboardProps {
  readonly alarms: readonly IAlarm[];
  readonly work: Queue;
}

const period = Duration.minutes(5);
const seconds = period.toSeconds();
const perMebibyte = 1_048_576;

/**
 * The two graphs that belong together, balance beside what was served, and next to them what people feel. Searches
 * follow volumes as they come and go; a search shows at most 500 series (CloudWatch user guide, "search expressions").
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { alarms, work }: DashboardProps) {
    super(scope, id);
    new CloudWatchDashboard(this, 'Dashboard', {
      defaultInterval: Duration.hours(3),
      widgets: [
        [new TextWidget({ markdown: heading, width: 24, height: 2 })],
        [
          graph('Burst balance (%)', [volumeSearch('BurstBalance', 'Minimum')], { most: 100 }),
          graph('IOPS', [perSecond('VolumeReadOps', 1, 'read'), perSecond('VolumeWriteOps', 1, 'write')], {
            line: { value: gp2.burst, label: 'gp2 burst' },
          }),
        ],
        [
          graph('Throughput (MiB/s)', [
            perSecond('VolumeReadBytes', perMebibyte, 'read'),
            perSecond('VolumeWriteBytes', perMebibyte, 'write'),
          ]),
          graph('Queue length', [volumeSearch('VolumeQueueLength', 'Average')]),
        ],
        [
          graph('Read latency (ms, Nitro)', [attachmentSearch('VolumeAvgReadLatency')]),
          graph('Write latency (ms, Nitro)', [attachmentSearch('VolumeAvgWriteLatency')]),
        ],
        [
          ...responderWidgets(work),
          new AlarmStatusWidget({ title: 'The responder itself', alarms: [...alarms], width: 8 }),
        ],
      ],
    });
  }
}

const heading =
  '**Balance and demand side by side.** When the balance reaches 0 the volume falls to its baseline and queue and latency rise. Stop all modifications: set the SSM parameter `/ebs-burst/switch` to `stop`.';

const responderWidgets = (work: Queue): readonly GraphWidget[] => [
  graph(
    'Responder',
    [
      ownMetric('VolumesWatched', period, Stats.MAXIMUM),
      ownMetric('VolumesUnwatched', period, Stats.MAXIMUM),
      ownMetric('VolumesModified', period, Stats.SUM),
    ],
    { width: 8 },
  ),
  graph(
    'Work and notices waiting',
    [
      work.metricApproximateAgeOfOldestMessage({ period, label: 'oldest work (s)' }),
      ownMetric('NoticesPending', period, Stats.MAXIMUM),
    ],
    { width: 8 },
  ),
];

interface GraphOptions {
  readonly most?: number;
  readonly line?: HorizontalAnnotation;
  readonly width?: number;
}

const graph = (title: string, left: IMetric[], { most, line, width = 12 }: GraphOptions = {}): GraphWidget =>
  new GraphWidget({
    title,
    left,
    width,
    height: 7,
    period,
    leftYAxis: { min: 0, ...(most === undefined ? {} : { max: most }) },
    leftAnnotations: line === undefined ? [] : [line],
  });

const expression = (text: string, label: string): MathExpression =>
  new MathExpression({ expression: text, usingMetrics: {}, label, period });

const search = (dimensions: string, metric: string, statistic: string): string =>
  `SEARCH('{AWS/EBS,${dimensions}} MetricName="${metric}"', '${statistic}', ${seconds})`;

const volumeSearch = (metric: string, statistic: string) =>
  expression(search('VolumeId', metric, statistic), '');

/** These are published per volume and instance (EBS user guide, "CloudWatch metrics", those marked Nitro). */
const attachmentSearch = (metric: string) => expression(search('InstanceId,VolumeId', metric, 'Maximum'), '');

/** Sums over a period, as a rate; a search is a list, and lists can be divided by a number but not added. */
const perSecond = (metric: string, unit: number, label: string) =>
  expression(`${search('VolumeId', metric, 'Sum')}/${seconds * unit}`, label);
