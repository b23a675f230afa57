import { parseScheduleExpression } from '../../twin/events/schedule-expression.ts';
import { type AccountCase, accountOfTwin, START } from './account.ts';
import { holds, refused, same } from './expectations.ts';

const RULES = 'EventBridge user guide, eb-scheduled-rule-pattern';
const TYPES = 'EventBridge Scheduler user guide, schedule-types';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

interface Ticked {
  readonly times: readonly number[];
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/** What half an hour of a schedule hands to its queue, in minutes after it was made. */
async function ticked(kind: 'rule' | 'scheduler', expression: string, input?: string): Promise<Ticked> {
  const { bus, schedules, queues, simulation } = accountOfTwin();
  const work = queues.create({ name: 'work' });
  const target = { arn: work.arn, ...(input !== undefined && { input }) };
  const common = { name: 'sweep', isEnabled: true };
  if (kind === 'rule') bus.putRule({ ...common, trigger: { schedule: expression }, targets: [target] });
  else schedules.create({ ...common, groupName: 'default', expression, target });
  await simulation.runFor(30 * MINUTE + SECOND);
  return {
    times: work.peek().map(({ sentAt }) => Math.floor((sentAt - START) / MINUTE)),
    events: work.peek().map(({ body }) => JSON.parse(body)),
  };
}

/** When the expression has its turns, as `HH:MM`, from 10:00 on. */
function turns(expression: string, count: number): readonly string[] {
  const next = parseScheduleExpression(expression);
  const times: number[] = [];
  for (let at = START; times.length < count; ) {
    at = next(at);
    times.push(at);
  }
  return times.map((at) => new Date(at).toISOString().slice(11, 16));
}

const parsed = async (expression: string): Promise<unknown> => parseScheduleExpression(expression);

const refusesAll = async (expressions: readonly string[]): Promise<void> => {
  for (const expression of expressions) await refused(parsed(expression), 'ValidationException');
};

const EXPRESSIONS: readonly AccountCase[] = [
  {
    fact: 'A rate is a positive number of minutes, hours or days.',
    source: RULES,
    confidence: 'verified',
    public: false,
    check: async () => {
      same('rate(5 minutes)', turns('rate(5 minutes)', 2), ['10:05', '10:10']);
      same('rate(12 hours)', turns('rate(12 hours)', 2), ['22:00', '10:00']);
      same('rate(1 day)', turns('rate(1 day)', 1), ['10:00']);
      await refusesAll(['rate(0 minutes)', 'rate(-1 minutes)', 'rate(30 seconds)', 'rate(1.5 hours)']);
    },
  },
  {
    fact: 'In a rate one takes the singular, everything else the plural.',
    source: RULES,
    confidence: 'verified',
    public: false,
    check: async () => {
      await parsed('rate(1 hour)');
      await parsed('rate(5 hours)');
      await refusesAll(['rate(1 hours)', 'rate(5 hour)', 'rate(1 minutes)']);
    },
  },
  {
    fact: 'cron() has six fields, with ? in one of day of month and day of week, and is in UTC.',
    source: RULES,
    confidence: 'verified',
    public: false,
    check: async () => {
      same('cron(15 12 * * ? *)', turns('cron(15 12 * * ? *)', 2), ['12:15', '12:15']);
      await refusesAll(['cron(15 12 * * ?)', 'cron(15 12 * * * *)', 'cron(15 12 ? * ? *)']);
    },
  },
  {
    fact: 'Minutes and hours of cron() take lists, ranges, which may go past midnight, and increments.',
    source: RULES,
    confidence: 'verified',
    public: false,
    check: async () => {
      same('5,35', turns('cron(5,35 14 * * ? *)', 2), ['14:05', '14:35']);
      same('0/15', turns('cron(0/15 * * * ? *)', 4), ['10:15', '10:30', '10:45', '11:00']);
      same('8-17', turns('cron(0 8-17 * * ? *)', 8).at(-1), '08:00');
      same('20-2', turns('cron(0/30 20-2 * * ? *)', 15).slice(-2), ['02:30', '20:00']);
      await refusesAll(['cron(60 12 * * ? *)', 'cron(0 24 * * ? *)']);
    },
  },
  {
    fact: 'cron() takes days of the week and of the month, months and years.',
    source: RULES,
    confidence: 'verified',
    gap: 'the twin refuses them: what the responder does, it does every day',
    public: false,
    check: async () => same('MON-FRI', turns('cron(0 18 ? * MON-FRI *)', 1), ['18:00']),
  },
];

const TICKING: readonly AccountCase[] = [
  {
    fact: 'The rate of a rule counts from the moment the rule is made.',
    source: `${RULES} and eb-troubleshooting`,
    confidence: 'verified',
    public: false,
    check: async () => same('minutes', (await ticked('rule', 'rate(10 minutes)')).times, [10, 20, 30]),
  },
  {
    fact: 'A rule with a schedule sends a “Scheduled Event” of aws.events with an empty detail.',
    source: 'EventBridge user guide, eb-create-rule-schedule-legacy',
    confidence: 'from memory',
    public: false,
    check: async () => {
      const { id, ...event } = (await ticked('rule', 'rate(30 minutes)')).events[0] ?? {};
      holds('an id', typeof id === 'string');
      same('event', event, {
        version: '0',
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '123456789012',
        time: '2026-11-22T10:30:00Z',
        region: 'us-east-1',
        resources: ['arn:aws:events:us-east-1:123456789012:rule/sweep'],
        detail: {},
      });
    },
  },
  {
    fact: 'A rate of Scheduler without a start date begins at once.',
    source: TYPES,
    confidence: 'verified',
    public: false,
    check: async () =>
      same('minutes', (await ticked('scheduler', 'rate(10 minutes)')).times, [0, 10, 20, 30]),
  },
  {
    fact: 'A cron expression of Scheduler waits for its time.',
    source: TYPES,
    confidence: 'verified',
    public: false,
    check: async () => same('minutes', (await ticked('scheduler', 'cron(20 * * * ? *)')).times, [20]),
  },
  {
    fact: 'Scheduler fills its context attributes into the input, such as the scheduled time.',
    source: 'EventBridge Scheduler user guide, managing-schedule-context-attributes',
    confidence: 'verified',
    public: false,
    check: async () => {
      const input = '{"at":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}';
      const { events } = await ticked('scheduler', 'cron(20 * * * ? *)', input);
      same('event', events[0], {
        at: '2026-11-22T10:20:00Z',
        by: 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/sweep',
      });
    },
  },
];

export const scheduleCases: readonly AccountCase[] = [...EXPRESSIONS, ...TICKING];
