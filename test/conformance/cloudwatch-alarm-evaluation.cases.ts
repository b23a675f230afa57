import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { HOUR, MINUTE, START } from '../twin/connected-ebs-account.ts';
import type { EbsCase } from './ebs-account.ts';
import { holds, same } from './expectations.ts';
import { METRIC, type Told, watched } from './watched-alarm.ts';

const MISSING = 'CloudWatch user guide, alarms-and-missing-data';
const EVALUATION = 'CloudWatch user guide, alarm-evaluation';
const EVENTS = 'CloudWatch user guide, cloudwatch-and-eventbridge';

/** `0` is within the threshold, `X` breaches it, `-` is missing; the newest is on the right. */
async function stateAfter(row: string, alarm: Partial<PutMetricAlarmCommandInput>, before: 'OK' | 'ALARM') {
  const { publish, simulation, alarms, state } = await watched({ EvaluationPeriods: 3, ...alarm });
  for (const [minute, mark] of row.split(' ').entries()) {
    if (mark !== '-') publish(minute, mark === 'X' ? 10 : 50);
  }
  await simulation.runUntil(START + row.split(' ').length * MINUTE);
  alarms.setState('a', before === 'OK' ? 'ALARM' : 'OK', 'test');
  alarms.setState('a', before, 'test');
  await simulation.runFor(30_000);
  return state();
}

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

/** The guide's two tables: what five periods lead to under each treatment; `kept` is whatever it was before. */
const TABLES: readonly (readonly [datapointsToAlarm: number, row: string, states: readonly string[]])[] = [
  [3, '0 - X - X', ['OK', 'OK', 'OK', 'OK']],
  [3, '0 - - - -', ['OK', 'OK', 'OK', 'OK']],
  [3, '- - - - -', ['INSUFFICIENT_DATA', 'kept', 'ALARM', 'OK']],
  [3, '0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  [3, '- - X - -', ['ALARM', 'kept', 'ALARM', 'OK']],
  [2, '0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  [2, '0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  [2, '0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
  [2, '- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
  [2, '- - - X -', ['ALARM', 'kept', 'ALARM', 'OK']],
];

const tableCase = ([DatapointsToAlarm, row, states]: (typeof TABLES)[number]): EbsCase => ({
  fact: `${DatapointsToAlarm} of 3, five periods “${row}” (0 fine, X breaching, - missing): missing ${states[0]}, ignore ${states[1]}, breaching ${states[2]}, notBreaching ${states[3]}.`,
  source: MISSING,
  confidence: 'verified',
  public: false,
  check: async () => {
    for (const [place, TreatMissingData] of TREATMENTS.entries()) {
      for (const before of ['OK', 'ALARM'] as const) {
        const expected = states[place] === 'kept' ? before : states[place];
        const state = await stateAfter(row, { DatapointsToAlarm, TreatMissingData }, before);
        same(`state after ${before} under ${TreatMissingData}`, state, expected);
      }
    }
  },
});

const EVALUATING: readonly EbsCase[] = [
  {
    fact: 'An alarm is evaluated each minute also with a period of 300 s, over windows that slide.',
    source: EVALUATION,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { publish, simulation, told } = await watched({ Period: 300 });
      for (let minute = 0; minute < 20; minute += 1) publish(minute, minute === 11 ? 10 : 50);
      await simulation.runUntil(START + 12 * MINUTE + 30_000);
      same(
        'states 30 s after the breaching minute',
        told().map(({ value }) => value),
        ['OK', 'ALARM'],
      );
      await simulation.runFor(3 * MINUTE);
      same('states 3 minutes later', told().length, 2);
      await simulation.runFor(3 * MINUTE);
      same('last state once the window is past', told().at(-1)?.value, 'OK');
    },
  },
  {
    fact: 'An alarm goes off when DatapointsToAlarm of the last EvaluationPeriods breach.',
    source: EVALUATION,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { publish, simulation, state } = await watched({ EvaluationPeriods: 3, DatapointsToAlarm: 2 });
      for (const [minute, value] of [50, 50, 50, 10, 50, 10].entries()) publish(minute, value);
      await simulation.runUntil(START + 4 * MINUTE + 30_000);
      same('state with one of three', state(), 'OK');
      await simulation.runFor(2 * MINUTE);
      same('state with two of three', state(), 'ALARM');
    },
  },
  {
    fact: 'Without any data a new alarm stays in INSUFFICIENT_DATA and tells nothing.',
    source: MISSING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { simulation, state, changes } = await watched();
      await simulation.runFor(HOUR);
      same('state', state(), 'INSUFFICIENT_DATA');
      same('events', changes().length, 0);
    },
  },
  {
    fact: 'A metric that ends leads to INSUFFICIENT_DATA where missing data is missing: not to OK.',
    source: MISSING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { publish, simulation, told } = await watched({ TreatMissingData: 'missing' });
      for (let minute = 0; minute < 5; minute += 1) publish(minute, 10);
      await simulation.runFor(HOUR);
      same(
        'states',
        told().map(({ value }) => value),
        ['ALARM', 'INSUFFICIENT_DATA'],
      );
    },
  },
  {
    fact: 'After a metric has ended the last points are evaluated for a while longer.',
    source: MISSING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { publish, simulation, state } = await watched();
      for (let minute = 0; minute < 5; minute += 1) publish(minute, 10);
      await simulation.runUntil(START + 6 * MINUTE + 30_000);
      same('state a minute later', state(), 'ALARM');
    },
  },
  {
    fact: 'A state set by hand lasts until the next evaluation.',
    source: 'CloudWatch API reference, SetAlarmState',
    confidence: 'from memory',
    public: false,
    check: async () => {
      const { publish, simulation, alarms, told } = await watched();
      for (let minute = 0; minute < 10; minute += 1) publish(minute, 50);
      await simulation.runFor(5 * MINUTE);
      alarms.setState('a', 'ALARM', 'forged');
      await simulation.runFor(MINUTE);
      same(
        'states',
        told().map(({ value }) => value),
        ['OK', 'ALARM', 'OK'],
      );
    },
  },
];

const TELLING: readonly EbsCase[] = [
  {
    fact: 'An event is sent when the state changes, and not while it stays.',
    source: EVENTS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { publish, simulation, told } = await watched();
      for (let minute = 0; minute < 90; minute += 1) publish(minute, minute < 30 ? 50 : 10);
      await simulation.runFor(90 * MINUTE);
      same(
        'states',
        told().map(({ value }) => value),
        ['OK', 'ALARM'],
      );
    },
  },
  {
    fact: 'The event names the alarm, its metric with its dimensions, and the state before.',
    source: EVENTS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { publish, simulation, changes } = await watched();
      publish(0, 10);
      await simulation.runFor(2 * MINUTE);
      const [event] = changes();
      same('source', event?.source, 'aws.cloudwatch');
      same('resources', event?.resources, ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:a']);
      const previous = event?.detail['previousState'] as Told;
      same('alarmName', event?.detail['alarmName'], 'a');
      same('previous state', previous.value, 'INSUFFICIENT_DATA');
      const configuration = event?.detail['configuration'] as
        | { metrics: { metricStat: unknown }[] }
        | undefined;
      same('metricStat', configuration?.metrics[0]?.metricStat, {
        metric: METRIC,
        period: 60,
        stat: 'Minimum',
      });
    },
  },
  {
    fact: 'Times in the event end in +0000, and reasonData is JSON in a string, absent before the first evaluation.',
    source: EVENTS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { publish, simulation, changes, told } = await watched();
      publish(0, 10);
      await simulation.runFor(2 * MINUTE);
      const [state] = told();
      holds(`timestamp ${state?.timestamp}`, /T\d\d:\d\d:\d\d\.\d{3}\+0000$/.test(state?.timestamp ?? ''));
      same('recentDatapoints', JSON.parse(state?.reasonData ?? '{}').recentDatapoints, [10]);
      const before = changes()[0]?.detail['previousState'];
      same('keys of the state before', Object.keys(before ?? {}).sort(), ['reason', 'timestamp', 'value']);
    },
  },
  {
    fact: 'The reason counts the datapoints that crossed the threshold and lists them.',
    source: EVENTS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { publish, simulation, told } = await watched();
      publish(0, 19.5);
      await simulation.runFor(2 * MINUTE);
      same(
        'reason',
        told()[0]?.reason,
        'Threshold Crossed: 1 out of the last 1 datapoints [19.5 (22/11/26 10:00:00)] was less than the threshold (20.0) (minimum 1 datapoint for OK -> ALARM transition).',
      );
    },
  },
  {
    fact: 'A deleted alarm tells no change of state any more.',
    source: 'CloudWatch API reference, DeleteAlarms',
    confidence: 'from memory',
    public: false,
    check: async () => {
      const { publish, simulation, changes, alarms } = await watched();
      publish(0, 50);
      await simulation.runFor(2 * MINUTE);
      alarms.delete('a');
      publish(2, 10);
      await simulation.runFor(HOUR);
      same('events', changes().length, 1);
    },
  },
];

export const alarmEvaluationCases: readonly EbsCase[] = [...TABLES.map(tableCase), ...EVALUATING, ...TELLING];
