import type { Invocation } from '../../twin/lambda/functions.ts';
import type { TimelineEntry } from '../render/timeline.ts';
import { alarmEvents } from './account-log.ts';
import { callsByRun, runKey } from './calls-by-run.ts';
import type { Load } from './load.ts';
import { CallNarrator } from './narrate-calls.ts';
import type { Worlds } from './run-worlds.ts';
import { visibleBalance } from './visible-balance.ts';
import { LOAD_FROM, SLACK_CHANNEL_NAME, type World } from './world.ts';

/** Everything that happened with us, in the order of time, from the account's own records. */
export function story({ with: world, without, loadStoppedAt }: Worlds, load: Load): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = [
    { at: LOAD_FROM, who: 'the load', kind: 'step', text: `begins: ${load.title}` },
    ...lambdaEntries(world),
    ...slackEntries(world),
    ...alarmEntries(world),
    ...volumeEntries(world),
  ];
  const { wallAt } = without.recorder;
  if (wallAt !== undefined) {
    entries.push({
      at: wallAt,
      who: 'without us',
      kind: 'turn',
      text: 'the bucket is empty: this is the wall',
    });
  }
  if (loadStoppedAt !== undefined) {
    entries.push({ at: loadStoppedAt, who: 'the load', kind: 'step', text: 'stops, in both worlds' });
  }
  const said = new Set<string>();
  return entries
    .map((entry, order) => ({ entry, order }))
    .sort(byTime)
    .map(({ entry }) => unlessRepeated(entry, said));
}

/** What is mailed or posted once a day in the same words is no news after the first day. */
function unlessRepeated(entry: TimelineEntry, said: Set<string>): TimelineEntry {
  if (!/^(mailed|posted) /.test(entry.text)) return entry;
  if (said.has(entry.text)) return { ...entry, kind: 'quiet', text: '' };
  said.add(entry.text);
  return entry;
}

interface Ordered {
  readonly entry: TimelineEntry;
  readonly order: number;
}

const byTime = (a: Ordered, b: Ordered): number => a.entry.at - b.entry.at || a.order - b.order;

function lambdaEntries(world: World): readonly TimelineEntry[] {
  const { account, deployed } = world;
  const narrator = new CallNarrator();
  const calls = callsByRun(account.endpoint.calls);
  return account.functions.log.map((invocation) => {
    const { functionName, at, outcome } = invocation;
    const who = deployed?.lambdaNames.get(functionName) ?? functionName;
    const run = runKey(functionName, at);
    const did = narrator.told(calls.get(run) ?? []);
    // Runs of one function that begin at the same millisecond share their calls; the first tells them.
    calls.delete(run);
    if (outcome.kind !== 'succeeded') {
      const why = outcome.kind === 'failed' ? `: ${outcome.errorType}: ${outcome.errorMessage}` : '';
      return { at, who, kind: 'turn', text: [...did, `${outcome.kind}${why}`].join('; ') };
    }
    if (did.length === 0) return { at, who, kind: 'quiet', text: '' };
    const hasModified = did.some((words) => words.startsWith('asked EC2'));
    return {
      at,
      who,
      kind: hasModified ? 'turn' : 'step',
      text: [...saw(world, invocation), ...did].join('; '),
    };
  });
}

/** What woke `respond`, and the balance that CloudWatch had published by then. */
function saw(world: World, { at, trigger, event }: Invocation): readonly string[] {
  if (trigger !== 'queue') return [];
  const { Records = [] } = event as { readonly Records?: readonly { readonly body: string }[] };
  const causes = new Set(Records.map(({ body }) => causeOf(body)));
  const balance = visibleBalance(world, at);
  const shown = balance === undefined ? 'no BurstBalance' : `BurstBalance ${balance.toFixed(1)} %`;
  return [`woken by ${[...causes].join(' and ')}, saw ${shown}`];
}

function causeOf(body: string): string {
  const message = JSON.parse(body) as Readonly<Record<string, unknown>>;
  switch (message['detail-type'] ?? message['because']) {
    case 'CloudWatch Alarm State Change':
      return 'the alarm';
    case 'EBS Volume Notification':
      return "EC2's event";
    case 'sweep':
      return 'the sweep';
    case 'census':
      return 'the census';
    default:
      return 'a message';
  }
}

function slackEntries({ account, slackChannelId }: World): readonly TimelineEntry[] {
  return account.slackWorkspace.messages(slackChannelId).flatMap(({ text, threadTs, postedAt, earlier }) => {
    const first = earlier[0]?.text ?? text;
    const how = threadTs === undefined ? `posted to #${SLACK_CHANNEL_NAME}` : 'replied in the thread';
    const titles = [...earlier.slice(1).map((version) => version.text), text];
    return [
      { at: postedAt, who: 'deliver-notice', kind: 'step' as const, text: `${how} "${unescaped(first)}"` },
      ...earlier.map(({ until }, edit) => ({
        at: until,
        who: 'deliver-notice',
        kind: 'step' as const,
        text: `edited the first message: "${unescaped(titles[edit] ?? text)}"`,
      })),
    ];
  });
}

/** Slack's three escapes (Slack API docs, "Escaping text"), read back. */
export const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const alarmEntries = (world: World): readonly TimelineEntry[] =>
  alarmEvents(world).map(({ at, name, state, compared }) => ({
    at,
    who: 'CloudWatch',
    kind: state === 'ALARM' ? 'turn' : 'step',
    text: `${name} is ${state}${compared === undefined ? '' : ` (${compared})`}`,
  }));

const volumeEntries = ({ account }: World): readonly TimelineEntry[] =>
  account.bus.log.flatMap(({ at, event }) => {
    if (event['detail-type'] !== 'EBS Volume Notification') return [];
    const { event: what, result } = event.detail as { readonly event: string; readonly result: string };
    return [{ at, who: 'EC2', kind: 'step' as const, text: `${what}: ${result}` }];
  });
