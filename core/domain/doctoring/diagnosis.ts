import type { Answer, Unknown } from './answer.ts';
import { checkPermissions, checkSwitch } from './check-acting.ts';
import { checkSlack, checkSubscribers } from './check-channels.ts';
import { checkConcurrency, checkConfiguration, checkFunctions, checkStack } from './check-functions.ts';
import { checkCases, checkCensus, checkMemory, checkNotices } from './check-memory.ts';
import { checkAlarms, checkQuotas, checkTags } from './check-volumes.ts';
import { checkDeadLetters, checkEventSources, checkRules } from './check-wake-ups.ts';
import type { DeploymentFacts } from './facts.ts';

/** Every check there is, by what it is about, in the order in which one thing rests on another. */
const checks = {
  Deployment: {
    stack: checkStack,
    functions: checkFunctions,
    concurrency: checkConcurrency,
    configuration: checkConfiguration,
  },
  'Wake-ups': { rules: checkRules, 'event sources': checkEventSources, 'dead letters': checkDeadLetters },
  Memory: { memory: checkMemory, census: checkCensus, cases: checkCases },
  Volumes: { alarms: checkAlarms, tags: checkTags, quotas: checkQuotas },
  Telling: { subscribers: checkSubscribers, Slack: checkSlack, notices: checkNotices },
  Acting: { switch: checkSwitch, roles: checkPermissions },
} as const satisfies Record<string, Record<string, (facts: DeploymentFacts) => readonly Answer[]>>;

export interface CheckResult {
  readonly group: string;
  readonly check: string;
  readonly answers: readonly Answer[];
}

/** All checks, on facts that were seen once. */
export const diagnose = (facts: DeploymentFacts): readonly CheckResult[] =>
  Object.entries(checks).flatMap(([group, inGroup]) =>
    Object.entries<(facts: DeploymentFacts) => readonly Answer[]>(inGroup).map(([check, ask]) => ({
      group,
      check,
      answers: merged(ask(facts)),
    })),
  );

/** What one missing permission hides is said once for a check, whatever many things it hides. */
function merged(answers: readonly Answer[]): readonly Answer[] {
  const hidden = new Map<string, Unknown[]>();
  for (const answer of answers)
    if (answer.kind === 'unknown' && answer.needs !== undefined)
      hidden.set(answer.needs, [...(hidden.get(answer.needs) ?? []), answer]);
  const firsts = [...hidden.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            ...first,
            subject: others.length === 0 ? first.subject : `${first.subject} and ${others.length} more`,
          },
        ],
  );
  const others = answers.filter((answer) => answer.kind !== 'unknown' || answer.needs === undefined);
  return [...others, ...firsts];
}

export interface Tally {
  readonly ok: number;
  readonly findings: number;
  readonly unknown: number;
}

/** Checks that are well, and how often something is not or could not be seen. */
export function tally(results: readonly CheckResult[]): Tally {
  const of = (kind: Answer['kind']) =>
    results.flatMap(({ answers }) => answers).filter((answer) => answer.kind === kind).length;
  const isWell = ({ answers }: CheckResult) => answers.every(({ kind }) => kind === 'ok');
  return { ok: results.filter(isWell).length, findings: of('finding'), unknown: of('unknown') };
}
