import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../twin/random.ts';
import { type Edit, type EditedEvent, isObject, type Json, valueAt } from './corpus.ts';
import { pick, pickSome } from './picks.ts';

const RECORDED = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'events');

/** Source: EC2 user guide, "State change events for your instances". */
const INSTANCE: Json = {
  version: '0',
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account: '123456789012',
  time: '2026-11-22T17:04:40Z',
  region: 'us-east-1',
  resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-0abc1234567890def'],
  detail: { 'instance-id': 'i-0abc1234567890def', state: 'running' },
};

/** Source: Lambda developer guide, "Process DynamoDB records with Lambda". */
const STREAM_RECORD: Json = {
  eventID: '07784ee8ba1b0e5e95a4b7c9f1c5e2d3',
  eventName: 'INSERT',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'us-east-1',
  dynamodb: {
    Keys: { pk: { S: 'notice#1' } },
    NewImage: { pk: { S: 'notice#1' }, kind: { S: 'notice' }, attempts: { N: '0' } },
    SequenceNumber: '4421584500000000017450439091',
    SizeBytes: 64,
    StreamViewType: 'NEW_IMAGE',
  },
};

/** The recorded events and the two shapes that were never recorded. */
export function baseEvents(): Readonly<Record<string, Json>> {
  const recorded = readdirSync(RECORDED)
    .sort()
    .map((file): [string, Json] => [
      file.replace('.json', ''),
      JSON.parse(readFileSync(join(RECORDED, file), 'utf8')),
    ]);
  return { ...Object.fromEntries(recorded), instance: INSTANCE, 'stream-record': STREAM_RECORD };
}

/** What the fields of our patterns hold in events that are ours and in others. */
const SEEN: Readonly<Record<string, readonly unknown[]>> = {
  source: ['aws.ec2', 'aws.cloudwatch', 'aws.ssm', 'my.app'],
  'detail-type': ['CloudWatch Alarm State Change', 'EBS Volume Notification', 'EBS Snapshot Notification'],
  'detail.alarmName': [
    'ebs-burst/vol-1',
    'ebs-burst/',
    'ebs-burst/vol',
    'Ebs-burst/vol-1',
    'x-ebs-burst/vol-1',
    'db',
  ],
  'detail.event': ['createVolume', 'deleteVolume', 'modifyVolume', 'attachVolume', 'detachVolume'],
  'detail.result': ['available', 'deleted', 'optimizing', 'completed', 'failed', 'modifying'],
  'detail.state': ['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated'],
  'detail.state.value': ['OK', 'ALARM', 'INSUFFICIENT_DATA'],
  'detail.configuration.metrics.metricStat.metric.name': ['BurstBalance', 'VolumeReadOps'],
  'detail.configuration.metrics.metricStat.metric.namespace': ['AWS/EBS', 'AWS/EC2', 'Custom'],
  eventName: ['INSERT', 'MODIFY', 'REMOVE'],
  'dynamodb.NewImage.kind.S': ['notice', 'case', 'ledger'],
  region: ['us-east-1', 'eu-central-1', 'cn-north-1'],
  account: ['123456789012', '210987654321'],
  resources: [[], ['arn:aws:ec2:eu-west-1:210987654321:volume/vol-0fedcba9876543210']],
};

const NOT_TEXTS: readonly unknown[] = [null, true, 7, '', [], {}, [[]]];

/**
 * The base events as they are, each field that a pattern names (and some that none names) removed, retyped, put into
 * arrays and given other values, one at a time and then, drawn from `random`, two or three at a time.
 */
export function editedEvents(
  bases: Readonly<Record<string, Json>>,
  patterns: readonly Json[],
  random: Random,
): readonly EditedEvent[] {
  const paths = [...new Set([...patterns.flatMap((each) => pathsIn(each)), ...Object.keys(SEEN)])].sort();
  return Object.entries(bases).flatMap(([of, base]) => {
    const single = paths.flatMap((path) => editsAt(base, path));
    const several = Array.from({ length: 25 }, () => pickSome(random, single, pick(random, [2, 3])));
    return [[], ...single.map((edit) => [edit]), ...several].map((edits) => ({ of, edits }));
  });
}

/** Of fields and of the objects around them, e.g. `detail` and `detail.state`. */
function pathsIn(pattern: Json, above = ''): readonly string[] {
  return Object.entries(pattern).flatMap(([name, part]) => {
    if (name === '$or') return (part as readonly Json[]).flatMap((each) => pathsIn(each, above));
    return [`${above}${name}`, ...(isObject(part) ? pathsIn(part, `${above}${name}.`) : [])];
  });
}

function editsAt(base: Json, path: string): readonly Edit[] {
  const value = valueAt(base, path.split('.'));
  if (value === undefined) return [];
  const values = [...NOT_TEXTS, ...(SEEN[path] ?? []), ...inArrays(value), ...otherTexts(value)];
  return [{ at: path }, ...values.map((to) => ({ at: path, to }))];
}

const inArrays = (value: unknown): readonly unknown[] =>
  typeof value === 'string'
    ? [[value], [value, 'other'], ['other', null, [value]], ['other'], { value }]
    : objectsInArrays(Array.isArray(value) ? value[0] : value);

/** What one object says is also divided among two, which no pattern may take for one. */
function objectsInArrays(value: unknown): readonly unknown[] {
  if (!isObject(value)) return [];
  const other = Object.fromEntries(Object.keys(value).map((name) => [name, 'other']));
  return [[value], [other, value], [[value]], [other], divided(value)];
}

const divided = (object: Json): readonly Json[] =>
  Object.entries(object).map(([name, part]) => ({ [name]: part }));

const otherTexts = (value: unknown): readonly unknown[] =>
  typeof value === 'string' ? [value.toUpperCase(), `${value}x`, `x${value}`, value.slice(0, -1)] : [];
