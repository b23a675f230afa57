import { callsByRun, runKey } from '../../cli/demo/calls-by-run.ts';
import { CallNarrator } from '../../cli/demo/narrate-calls.ts';
import type { TimelineEntry } from '../../cli/render/timeline.ts';
import type { Invocation } from '../../twin/lambda/functions.ts';
import type { World } from './world.ts';

/** What happened in one history, from the account's own records: steps, runs of our functions, alarms, volumes. */
export function timelineOf(world: World): readonly TimelineEntry[] {
  return [...world.performed, ...runs(world), ...events(world)]
    .map((entry, order) => ({ entry, order }))
    .sort((a, b) => a.entry.at - b.entry.at || a.order - b.order)
    .map(({ entry }) => entry);
}

function runs({ responder: { account, deployed } }: World): readonly TimelineEntry[] {
  const narrator = new CallNarrator();
  const left = callsByRun(account.endpoint.calls);
  return account.functions.log.map(({ functionName, at, outcome }) => {
    const key = runKey(functionName, at);
    const did = narrator.told(left.get(key) ?? []);
    left.delete(key);
    const failed = outcome.kind === 'succeeded' ? [] : [wordsOf(outcome)];
    const text = [...did, ...failed].join('; ');
    const who = deployed.lambdaNames.get(functionName) ?? functionName;
    return { at, who, kind: text === '' ? 'quiet' : failed.length > 0 ? 'turn' : 'step', text };
  });
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
