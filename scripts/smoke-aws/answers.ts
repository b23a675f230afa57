import { instant } from '../../core/domain/units.ts';
import type { SeenEvent, Sightings } from './sightings.ts';

/** What one run says about something that no source told us; docs/smoke-aws.md says why each matters. */
export interface Answer {
  readonly id: string;
  readonly question: string;
  /** `undefined` when the run did not come that far. */
  readonly seen: string | undefined;
}

/** Every open question, answered from what was seen and from nothing else. */
export const answersFrom = (sightings: Sightings): readonly Answer[] =>
  questions.map(({ id, question, answer }) => ({ id, question, seen: answer(sightings) }));

interface Question {
  readonly id: string;
  readonly question: string;
  readonly answer: (sightings: Sightings) => string | undefined;
}

const questions: readonly Question[] = [
  {
    id: 'balance-after-going-back',
    question: 'What is the burst balance of a gp2 volume that was gp3 in between?',
    answer: balanceAfter,
  },
  {
    id: 'balance-granularity',
    question: 'How far apart are the points of BurstBalance, asked for by the minute?',
    answer: granularity,
  },
  {
    id: 'balance-delay',
    question: 'How long after its minute began is a point of BurstBalance there to be read?',
    answer: delay,
  },
  {
    id: 'modification-events',
    question: 'Which events does a modification send, in which order?',
    answer: (sightings) => volumeEvents(sightings, (event) => event.detail['event'] === 'modifyVolume'),
  },
  {
    id: 'attach-event',
    question: 'Does attaching a volume send an event?',
    answer: (sightings) =>
      sightings.newest('balance') === undefined
        ? undefined
        : (volumeEvents(sightings, (event) => /attach/i.test(String(event.detail['event']))) ??
          'none was delivered'),
  },
  {
    id: 'modification-states',
    question: 'What did DescribeVolumesModifications say, in which order?',
    answer: (sightings) =>
      listed(
        sightings
          .of('modification')
          .map(
            ({ seenAt, state, to, progress }) => `${clock(seenAt)} to ${to}: ${state} ${progress ?? '-'} %`,
          ),
      ),
  },
  {
    id: 'alarm-to-notice',
    question: 'How long is it from the alarm that was raised to the notice on the topic?',
    answer: alarmToNotice,
  },
  {
    id: 'set-state-lasts',
    question: 'For how long does a state set by SetAlarmState last?',
    answer: setStateLasts,
  },
  {
    id: 'alarm-event-shape',
    question: 'What does the event of an alarm carry in detail and state?',
    answer: alarmEventShape,
  },
];

const clock = (at: number): string => new Date(at).toISOString().slice(11, 19);
const seconds = (milliseconds: number): string => `${Math.round(milliseconds / 1_000)} s`;
const listed = (lines: readonly string[]): string | undefined =>
  lines.length === 0 ? undefined : lines.join('; ');

function balanceAfter(sightings: Sightings): string | undefined {
  const back = sightings.newest('put-back');
  const done = sightings.newest('modification');
  if (back === undefined || done?.to !== 'gp2' || done.state !== 'completed') return undefined;
  const points = sightings.of('balance').filter(({ from }) => from >= back.seenAt);
  if (points.length === 0) return undefined;
  const before = back.balanceBefore === undefined ? 'unknown' : `${back.balanceBefore.toFixed(1)} %`;
  const after = points.map(({ percent, from }) => `${percent.toFixed(1)} % of ${clock(from)}`).join(', ');
  return `${after}; completed ${clock(done.seenAt)}; last before gp3: ${before}`;
}

function granularity(sightings: Sightings): string | undefined {
  const times = sightings
    .of('balance')
    .map(({ from }) => from)
    .toSorted((a, b) => a - b);
  const gaps = new Map<string, number>();
  for (const [place, at] of times.slice(1).entries()) {
    const gap = seconds(at - (times[place] ?? at));
    gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
  }
  return listed([...gaps].map(([gap, count]) => `${gap} (${count} times)`));
}

function delay(sightings: Sightings): string | undefined {
  const delays = sightings.of('balance').map(({ seenAt, from }) => seenAt - from);
  if (delays.length === 0) return undefined;
  return `${seconds(Math.min(...delays))} to ${seconds(Math.max(...delays))} (looked once a minute)`;
}

const volumeEvents = (sightings: Sightings, wanted: (event: SeenEvent) => boolean): string | undefined =>
  listed(
    sightings
      .of('event')
      .filter(({ event }) => event['detail-type'] === 'EBS Volume Notification' && wanted(event))
      .map(
        ({ seenAt, event }) =>
          `${event.detail['event']} ${event.detail['result']} of ${event.time}, here ${clock(seenAt)}`,
      ),
  );

function alarmToNotice(sightings: Sightings): string | undefined {
  const raised = sightings.of('alarm-set').find(({ state }) => state === 'ALARM');
  const notice = sightings.of('notice')[0];
  if (raised === undefined || notice === undefined) return undefined;
  const took = notice.sentAt - raised.seenAt;
  return took >= 0
    ? seconds(took)
    : `the notice came ${seconds(-took)} before: CloudWatch had raised the alarm by itself`;
}

function setStateLasts(sightings: Sightings): string | undefined {
  const set = sightings.newest('alarm-set');
  if (set === undefined) return undefined;
  const next = sightings
    .of('event')
    .filter(({ event }) => isAlarm(event) && stateOf(event).at > set.seenAt)
    .find(({ event }) => stateOf(event).value !== set.state);
  return next === undefined ? 'to the end of the run' : seconds(stateOf(next.event).at - set.seenAt);
}

const isAlarm = (event: SeenEvent): boolean => event['detail-type'] === 'CloudWatch Alarm State Change';

function stateOf({ detail }: SeenEvent) {
  const { value, timestamp } = (detail['state'] ?? {}) as { value?: string; timestamp?: string };
  return { value, at: instant(Date.parse(timestamp ?? '') || 0), timestamp };
}

function alarmEventShape(sightings: Sightings): string | undefined {
  const first = sightings
    .of('event')
    .find(({ event }) => isAlarm(event) && stateOf(event).value === 'ALARM')?.event;
  if (first === undefined) return undefined;
  const keys = (value: unknown) => Object.keys((value ?? {}) as object).join(', ');
  return `detail: ${keys(first.detail)}; state: ${keys(first.detail['state'])}; timestamp ${stateOf(first).timestamp}`;
}
