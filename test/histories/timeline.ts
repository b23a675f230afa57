import { callsByRun, runKey } from '../../cli/demo/calls-by-run.ts';
import { CallNarrator } from '../../cli/demo/narrate-calls.ts';
import type { TimelineEntry } from '../../cli/render/timeline.ts';
import type { CallRecord } from '../../twin/endpoint.ts';
import type { Invocation } from '../../twin/lambda/functions.ts';
import { hasStruck } from './perform.ts';
import type { World } from './world.ts';

/** What happened in one history, from the account's own records: steps, runs of our functions, alarms, volumes. */
export function timelineOf(world: World): readonly TimelineEntry[] {
  return [...steps(world), ...runs(world), ...events(world)]
    .map((entry, order) => ({ entry, order }))
    .sort((a, b) => a.entry.at - b.entry.at || a.order - b.order)
    .map(({ entry }) => entry);
}

const steps = ({ performed }: World): readonly TimelineEntry[] =>
  performed.map((one) => {
    const { kind, ...how } = one.step;
    const text = `${kind} ${JSON.stringify(how)}${hasStruck(one) ? '' : ', without effect'}`;
    return { at: one.at, who: 'fate', kind: 'turn', text };
  });

function runs({ responder: { account, deployed } }: World): readonly TimelineEntry[] {
  const narrator = new CallNarrator();
  const left = callsByRun(account.endpoint.calls);
  const whoIs = (name: string): string => deployed.lambdaNames.get(name) ?? name;
  const inTime = account.functions.log.map(({ functionName, at, outcome }): TimelineEntry => {
    const key = runKey(functionName, at);
    const did = narrator.told(left.get(key) ?? []);
    left.delete(key);
    const failed = outcome.kind === 'succeeded' ? [] : [wordsOf(outcome)];
    const text = [...did, ...failed].join('; ');
    const kind = text === '' ? 'quiet' : failed.length > 0 ? 'turn' : 'step';
    return { at, who: whoIs(functionName), kind, text };
  });
  return [...inTime, ...[...left.values()].flatMap((calls) => late(calls, narrator, whoIs))];
}

/** Calls of runs that had waited before: under no run's key, and told at their own time. */
function late(
  calls: readonly CallRecord[],
  narrator: CallNarrator,
  whoIs: (name: string) => string,
): readonly TimelineEntry[] {
  const [first] = calls;
  const text = narrator.told(calls).join('; ');
  if (first === undefined || text === '' || whoIs(first.principal) === first.principal) return [];
  return [{ at: first.at, who: whoIs(first.principal), kind: 'step', text }];
}

const wordsOf = (outcome: Invocation['outcome']): string =>
  outcome.kind === 'failed' ? `failed: ${outcome.errorType}: ${outcome.errorMessage}` : outcome.kind;

function events({ responder: { account } }: World): readonly TimelineEntry[] {
  return account.bus.log.map(({ at, event }) => ({
    at,
    who: event.source === 'aws.cloudwatch' ? 'CloudWatch' : 'EC2',
    kind: 'step',
    text: `${event['detail-type']}: ${summary(event.detail)}`,
  }));
}

function summary(detail: Readonly<Record<string, unknown>>): string {
  const { alarmName, state, event, result, cause } = detail as {
    readonly alarmName?: string;
    readonly state?: { readonly value?: string } | string;
    readonly event?: string;
    readonly result?: string;
    readonly cause?: string;
  };
  const value = typeof state === 'string' ? state : state?.value;
  return [alarmName, value, event, result, cause]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}
