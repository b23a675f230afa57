import { between, type Instant, inMinutes, minutes } from '../units.ts';
import { type Answer, answersOf, finding, orElse, unknown } from './answer.ts';
import { aws } from './check-functions.ts';
import type { DeploymentFacts } from './facts.ts';

/** The keeper walks every 15 minutes; its own alarm is silent as long (three censuses). */
const oldestCensus = minutes(45);

/** Later than two sweeps and a batch of the work queue. */
export const longOverdue = minutes(5);

const noTable = (): readonly Answer[] => [unknown('the table', 'there is none; see memory')];

export function checkMemory({ stack, hasGenesis }: DeploymentFacts): readonly Answer[] {
  const table = stack.outputs['CaseTableName'] ?? 'named by no output CaseTableName';
  return answersOf(`table ${table}`, hasGenesis, {
    absent: () => [
      finding(`table ${table}`, 'it is not there', 'the table of the stack, with all its cases', {
        words:
          'restore it under its name before any other fix, which may put an empty one in its place (docs/runbook.md, "The table was lost or restored")',
        command: aws(stack, `dynamodb describe-table --table-name ${table}`),
      }),
    ],
    seen: (found) =>
      orElse(found ? [] : [noGenesis(table)], `table ${table} is there, with its genesis item`),
  });
}

const noGenesis = (table: string) =>
  finding(`table ${table}`, 'no genesis item', 'the one its first deployment wrote', {
    words:
      'without it nothing acts, as the table may be a new one: compare what volumes are tagged with, then write it (docs/runbook.md, "The table was lost or restored")',
  });

export function checkCensus({ now, stack, census, functions }: DeploymentFacts): readonly Answer[] {
  const expected = `one within ${inMinutes(oldestCensus)} min; it is due every 15`;
  const words = 'see the functions and rules above; start one by hand, its log says what goes wrong';
  const keeper =
    functions.kind === 'seen' ? functions.value.find(({ name }) => name === 'keep-alarms') : undefined;
  const command =
    keeper &&
    aws(stack, `lambda invoke --function-name ${keeper.physicalName} --invocation-type Event /dev/stdout`);
  const fix = { words, ...(command !== undefined && { command }) };
  return answersOf('census', census, {
    absent: noTable,
    seen: (reading) => {
      if (reading.kind === 'unread') return [finding('census', reading.why, expected, fix)];
      const saw = `the last one ended ${ago(reading.value.at, now)}`;
      const isOld = between(reading.value.at, now) > oldestCensus;
      return orElse(isOld ? [finding('census', saw, expected, fix)] : [], saw);
    },
  });
}

const ago = (at: Instant, now: Instant): string => `${Math.round(inMinutes(between(at, now)))} min ago`;

export function checkCases({ overdue }: DeploymentFacts): readonly Answer[] {
  return answersOf('cases', overdue, {
    absent: noTable,
    seen: (ids) =>
      orElse(
        ids.length === 0
          ? []
          : [
              finding(
                'cases',
                `${counted(ids.length, 'open case')} not looked at when due: ${some(ids)}`,
                `each looked at within ${inMinutes(longOverdue)} min; the sweep asks every minute`,
                { words: 'see the rules, the event sources and the logs of sweep and respond' },
              ),
            ],
        'every open case was looked at when it was due',
      ),
  });
}

export function checkNotices({ stuckNotices }: DeploymentFacts): readonly Answer[] {
  return answersOf('notices', stuckNotices, {
    absent: noTable,
    seen: (count) =>
      orElse(
        count === 0
          ? []
          : [
              finding('notices', `${counted(count, 'conversation')} no channel has taken yet`, 'all sent', {
                words:
                  'nothing is lost, they are tried again; mend the channel: see subscribers and Slack, and the log of deliver-notice',
              }),
            ],
        'no notice waits',
      ),
  });
}

export const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;

const shown = 3;

/** The first few, and how many more. */
export const some = (names: readonly string[]): string =>
  names.length <= shown
    ? names.join(', ')
    : `${names.slice(0, shown).join(', ')} and ${names.length - shown} more`;
