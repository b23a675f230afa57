import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Mute } from '../../core/domain/look-at.ts';
import { instant } from '../../core/domain/units.ts';
import { domainEvent, domainEventIn } from '../../lambda/events/event-kinds.ts';

const folder = join(import.meta.dirname, '../fixtures/events');
const home = { account: '123456789012', region: 'us-east-1' };

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

function fixture(name: string): Json {
  const event: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  if (isJson(event)) return event;
  throw new Error(`${name} is no object`);
}

/** The fixture with the value at `path` replaced; `undefined` removes it. */
function altered(name: string, path: string, value: unknown): Json {
  const event = fixture(name);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let part: Json = event;
  for (const key of keys) {
    const next = part[key];
    if (!isJson(next)) throw new Error(`${name} has no ${path}`);
    part = next;
  }
  part[last] = value;
  return event;
}

const alarm = 'alarm-single-metric.json';
const completed = 'ebs-modify-volume-completed.json';
const time = (text: string) => instant(Date.parse(text));
const saidAt = time('2026-11-22T17:04:40Z');
const notMuted: Mute = { kind: 'not-muted', saidAt };
const mutedUntil = (until: string, end: 'told' | 'assumed' = 'told'): Mute => ({
  kind: 'muted',
  saidAt,
  until: time(until),
  end,
});
const lookAt = (volumeId: string, because: string, mute: Mute = { kind: 'unsaid' }) => ({
  kind: 'look-at',
  volumeId,
  because,
  mute,
});

describe('every fixture', () => {
  const inAlarm = 'vol-0abc0123456789def';
  const inEvent = 'vol-03a55cf56513fa1b6';
  const expected: Readonly<Record<string, unknown>> = {
    'alarm-single-metric.json': lookAt(inAlarm, 'alarm', notMuted),
    'alarm-single-metric-muted.json': lookAt(inAlarm, 'alarm', mutedUntil('2026-11-22T18:00:00Z')),
    'alarm-foreign.json': {
      kind: 'ignored',
      why: `alarm someone-elses-burst-alarm is not ours: that of ${inAlarm} is named ebs-burst/${inAlarm}`,
    },
    'alarm-contributor.json': {
      kind: 'ignored',
      why: 'unknown kind of event: aws.cloudwatch / CloudWatch Alarm Contributor State Change',
    },
    'ebs-modify-volume-optimizing.json': lookAt(inEvent, 'volume-event'),
    'ebs-modify-volume-completed.json': lookAt(inEvent, 'volume-event'),
    'ebs-modify-volume-failed.json': lookAt(inEvent, 'volume-event'),
    'ebs-create-volume-available.json': lookAt(inEvent, 'volume-event'),
    'ebs-delete-volume-deleted.json': lookAt(inEvent, 'volume-event'),
    'ebs-attach-volume-failed.json': { kind: 'ignored', why: 'nothing to do on attachVolume failed' },
  };

  test.each(readdirSync(folder))('%s', (name) => {
    expect(domainEvent(fixture(name), home)).toEqual(expected[name]);
  });
});

describe('an alarm event', () => {
  test.each([
    ['ALARM', 'alarm'],
    ['OK', 'not-in-alarm'],
    ['INSUFFICIENT_DATA', 'not-in-alarm'],
  ])('in state %s is a reason to look because of %s', (state, because) => {
    expect(domainEvent(altered(alarm, 'detail.state.value', state), home)).toMatchObject({
      kind: 'look-at',
      because,
    });
  });

  test('may carry fields we do not know', () => {
    expect(domainEvent(altered(alarm, 'detail.alarmTags', { a: 'b' }), home)).toMatchObject({
      kind: 'look-at',
    });
  });

  test.each([[{}], [undefined]])('with the muteDetail %j says that it is not muted', (detail) => {
    expect(domainEvent(altered(alarm, 'detail.muteDetail', detail), home)).toEqual(
      lookAt('vol-0abc0123456789def', 'alarm', notMuted),
    );
  });

  test.each([[{ mutedByArn: 'arn' }], [{ muteWindowEnd: 'tomorrow' }], ['muted'], [null]])(
    'with the muteDetail %j, whose end cannot be read, is taken as muted for a day',
    (detail) => {
      const event = { ...altered(alarm, 'detail.muteDetail', detail), time: '2026-11-22T17:04:40Z' };
      expect(domainEvent(event, home)).toMatchObject({ mute: mutedUntil('2026-11-23T17:04:40Z', 'assumed') });
    },
  );

  const metric = (part: object) => [
    {
      id: 'm1',
      metricStat: {
        metric: {
          namespace: 'AWS/EBS',
          name: 'BurstBalance',
          dimensions: { VolumeId: 'vol-0abc0123456789def' },
          ...part,
        },
      },
    },
  ];

  test.each([
    ['detail.state.value', 'PANIC', /^malformed alarm event: detail\.state\.value/],
    ['detail.alarmName', 7, /^malformed alarm event: detail\.alarmName/],
    ['detail.alarmName', 'ebs-burst/vol-0abc0123456789dee', /is not ours: that of vol-0abc0123456789def/],
    ['detail.configuration.metrics', metric({ dimensions: { VolumeId: 'vol-1' } }), /no volume id/],
    ['detail.configuration.metrics', metric({ dimensions: undefined }), /no volume id/],
    ['detail.configuration.metrics', metric({ name: 'VolumeReadOps' }), /is on AWS\/EBS VolumeReadOps/],
    ['detail.configuration.metrics', metric({ namespace: 'Mine' }), /is on Mine BurstBalance/],
    ['detail.configuration.metrics', [...metric({}), ...metric({})], /not on a single metric/],
    [
      'detail.configuration.metrics',
      [{ id: 'e1', expression: 'm1/2' }, ...metric({})],
      /not on a single metric/,
    ],
    ['detail.configuration.metrics', [], /not on a single metric/],
    [
      'detail.configuration',
      { alarmRule: 'ALARM(x)' },
      /^malformed alarm event: detail\.configuration\.metrics/,
    ],
    ['detail', undefined, /^malformed alarm event: detail/],
    ['account', '999999999999', /^event of 999999999999 in us-east-1, expected 123456789012 in us-east-1$/],
    ['region', 'eu-west-1', /^event of 123456789012 in eu-west-1, expected/],
    ['source', 'aws.monitoring', /^unknown kind of event: aws\.monitoring \/ CloudWatch Alarm State Change$/],
    ['source', undefined, /^no event: source/],
  ])('with %s %j is ignored and says why', (path, value, why) => {
    expect(domainEvent(altered(alarm, path, value), home)).toEqual({
      kind: 'ignored',
      why: expect.stringMatching(why),
    });
  });
});

describe('a volume event', () => {
  const arn = (id: string, account = home.account, region = home.region) =>
    `arn:aws:ec2:${region}:${account}:volume/${id}`;
  const [ours, second] = ['vol-03a55cf56513fa1b6', 'vol-0000000000000000a'];
  const others = [
    'arn:aws:kms:us-east-1:123456789012:key/0123',
    'arn:aws:ec2:us-east-1:123456789012:instance/i-1',
  ];

  test.each([
    [[...others, arn(ours)]],
    [[arn(ours), arn(ours), ...others]],
    [[arn(second, '999999999999'), arn(ours)]],
    [[arn(ours).replace('arn:aws:', 'arn:aws-cn:')]],
  ])('finds its volume among %j', (resources) => {
    expect(domainEvent(altered(completed, 'resources', resources), home)).toMatchObject({ volumeId: ours });
  });

  test.each([
    [others, 0],
    [[arn(second, home.account, 'eu-west-1')], 0],
    [[arn('vol-nonsense')], 0],
    [[arn(ours), arn(second)], 2],
  ])('is ignored with resources %j', (resources, count) => {
    expect(domainEvent(altered(completed, 'resources', resources), home)).toEqual({
      kind: 'ignored',
      why: `modifyVolume completed names ${count} volumes of ours, expected one`,
    });
  });

  test('without resources is ignored', () => {
    expect(domainEvent(altered(completed, 'resources', undefined), home)).toEqual({
      kind: 'ignored',
      why: expect.stringMatching(/^malformed volume event: resources/),
    });
  });
});

describe('an instance event', () => {
  const event = (detail: unknown) => ({
    ...fixture(completed),
    'detail-type': 'EC2 Instance State-change Notification',
    detail,
  });

  test('names the instance that runs', () => {
    expect(domainEvent(event({ 'instance-id': 'i-0abc0123456789def', state: 'running' }), home)).toEqual({
      kind: 'instance-started',
      instanceId: 'i-0abc0123456789def',
    });
  });

  test.each([
    [{ 'instance-id': 'i-0abc0123456789def', state: 'stopped' }, /^nothing to do on instance state stopped$/],
    [{ 'instance-id': 'vol-1', state: 'running' }, /^malformed instance event: instance-id|detail/],
  ])('is ignored for %j', (detail, why) => {
    expect(domainEvent(event(detail), home)).toEqual({ kind: 'ignored', why: expect.stringMatching(why) });
  });
});

describe('a wake-up of our own', () => {
  const wakeUp = lookAt('vol-0abc0123456789def', 'sweep');

  test('arrives as it was sent', () => {
    expect(domainEventIn(JSON.stringify(wakeUp), home)).toStrictEqual(wakeUp);
    const muted = { ...wakeUp, mute: mutedUntil('2026-11-22T18:00:00Z') };
    expect(domainEventIn(JSON.stringify(muted), home)).toStrictEqual(muted);
  });

  test.each([
    [{ ...wakeUp, volumeId: 'vol-*' }, /^malformed wake-up: volumeId/],
    [{ ...wakeUp, because: 'whim' }, /^malformed wake-up: because/],
    [
      { ...wakeUp, mute: { ...mutedUntil('2026-11-22T18:00:00Z'), until: 'later' } },
      /^malformed wake-up: mute\.until/,
    ],
    [{ ...wakeUp, mute: { kind: 'not-muted' } }, /^malformed wake-up: mute\.saidAt/],
  ])('is ignored when malformed: %j', (message, why) => {
    expect(domainEvent(message, home)).toEqual({ kind: 'ignored', why: expect.stringMatching(why) });
  });
});

describe('anything else', () => {
  test.each(['', 'null', '[]', '"text"', '{', '{"source":"aws.ec2"}'])('%j is ignored', (body) => {
    expect(domainEventIn(body, home).kind).toBe('ignored');
  });

  test('does not reach what every object inherits', () => {
    const odd = { source: '__proto__', 'detail-type': 'toString', account: '', region: '' };
    expect(domainEvent(odd, home).kind).toBe('ignored');
  });

  prop.prop([fc.anything()])('never throws', (raw) => {
    expect(['look-at', 'instance-started', 'ignored']).toContain(domainEvent(raw, home).kind);
  });

  prop.prop([
    fc.jsonValue(),
    fc.constantFrom('detail', 'resources', 'detail.state', 'detail.configuration.metrics'),
  ])('never throws on a real event with a part replaced', (value, path) => {
    expect(['look-at', 'ignored']).toContain(domainEvent(altered(alarm, path, value), home).kind);
  });
});
