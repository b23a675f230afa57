import { readFileSync } from 'node:fs';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { alarmStateChange } from '../../../lambda/events/alarm-state-change.ts';
import { alarmEvent, runningEvent } from '../../../scripts/ministack/documented-events.ts';
import { compilePattern, type EventPattern } from '../../../twin/events/pattern.ts';

interface GoldenTemplate {
  readonly Resources: Readonly<
    Record<string, { readonly Properties: { readonly EventPattern?: EventPattern } }>
  >;
}

const template = JSON.parse(readFileSync('test/golden/ebs-burst.template.json', 'utf8')) as GoldenTemplate;

const matches = (rule: string, entry: PutEventsRequestEntry): boolean => {
  const found = Object.entries(template.Resources).find(([id]) => id.startsWith(rule));
  return compilePattern(found?.[1].Properties.EventPattern ?? {})(received(entry));
};

/** As EventBridge passes it on. */
const received = ({ Source, DetailType, Detail = '{}' }: PutEventsRequestEntry) => ({
  source: Source,
  'detail-type': DetailType,
  time: '2026-11-22T17:04:40Z',
  detail: JSON.parse(Detail) as object,
});

const volumeId = 'vol-00000000000000001';

test('the event of an alarm of ours matches its rule and is about the volume', () => {
  const event = alarmEvent(`ebs-burst/${volumeId}`, volumeId);
  expect(matches('ResponderAlarmChanges', event)).toBe(true);
  expect(alarmStateChange(received(event))).toMatchObject({ kind: 'look-at', volumeId, because: 'alarm' });
});

test('the event of somebody else’s alarm on that volume does not', () => {
  expect(matches('ResponderAlarmChanges', alarmEvent('theirs', volumeId))).toBe(false);
});

test('the event of an instance that runs matches its rule and not that of alarms', () => {
  const event = runningEvent('i-00000000000000001');
  expect(matches('ResponderAlarmKeeperInstanceRuns', event)).toBe(true);
  expect(matches('ResponderAlarmChanges', event)).toBe(false);
});
