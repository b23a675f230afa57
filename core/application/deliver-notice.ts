import type { Dispatch, DispatchPlan } from '../domain/notices/dispatch.ts';
import { planDispatch } from '../domain/notices/dispatch.ts';
import { after, type Duration, type Instant, minutes, seconds } from '../domain/units.ts';
import type { Channel, ChannelName, Clock, Conversation, Outbox, SendAnswer, Telling } from './ports.ts';

export interface DeliverDeps {
  readonly outbox: Outbox;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  /** Names one delivery; never the same twice, or two deliveries would take each other's lease for their own. */
  readonly newId: () => string;
}

export interface ConversationName {
  readonly incident: string;
  readonly channel: ChannelName;
}

type FailureReason = Extract<SendAnswer, { kind: 'failed' }>['reason'];

/** What became of one conversation. */
export type Delivery = ConversationName &
  (
    | { readonly kind: 'sent'; readonly as: Dispatch['kind']; readonly notices: number }
    /** Sent, but another delivery recorded first: the same news may have been told twice. */
    | { readonly kind: 'overtaken'; readonly as: Dispatch['kind'] }
    | { readonly kind: 'held'; readonly until: Instant }
    /** Another delivery tells it at this moment; what it leaves pending is still due. */
    | { readonly kind: 'taken' }
    /** Not tried, because the channel is down; still due. */
    | { readonly kind: 'postponed' }
    /** Nothing was pending. */
    | { readonly kind: 'quiet' }
    /** Its channel was taken out of the configuration; these notices will not be told on it. */
    | { readonly kind: 'dropped'; readonly notices: number }
    | {
        readonly kind: 'failed';
        readonly reason: FailureReason;
        readonly detail: string;
        readonly nextTryAt: Instant;
      }
    /** Not even the failure could be recorded; the row is still due and is tried at the next run. */
    | { readonly kind: 'broken'; readonly detail: string }
  );

/** Longer than a run can last, so that a lease runs out only where its sender died. */
export const leaseLasts = seconds(150);

/**
 * Tells what is pending in these conversations: read, plan, lease, send, record after success. Channels go side by side
 * and one conversation after the other within each, so that Slack's failure never delays SNS; what goes wrong with one
 * conversation becomes its Delivery and touches no other. Never throws.
 */
export async function deliverNotice(
  deps: DeliverDeps,
  conversations: readonly ConversationName[],
): Promise<readonly Delivery[]> {
  const perChannel = deps.channels.map((channel) =>
    deliverOn(deps, channel, incidentsFor(channel, conversations)),
  );
  const dropping = withoutChannel(deps, conversations).map((name) => guarded(name, () => drop(deps, name)));
  return [...(await Promise.all(perChannel)).flat(), ...(await Promise.all(dropping))];
}

/** Each may take the channel's whole time-out; two in a row mean that it is down, and the run must end in time. */
const mostOutages = 2;

async function deliverOn(
  deps: DeliverDeps,
  channel: Channel,
  incidents: ReadonlySet<string>,
): Promise<readonly Delivery[]> {
  const deliveries: Delivery[] = [];
  let outages = 0;
  for (const incident of incidents) {
    const delivery: Delivery =
      outages >= mostOutages
        ? { incident, channel: channel.name, kind: 'postponed' }
        : await guarded({ incident, channel: channel.name }, () => deliver(deps, channel, incident));
    if (delivery.kind !== 'postponed') {
      outages = delivery.kind === 'failed' && delivery.reason === 'outage' ? outages + 1 : 0;
    }
    deliveries.push(delivery);
  }
  return deliveries;
}

const incidentsFor = (channel: Channel, conversations: readonly ConversationName[]): ReadonlySet<string> =>
  new Set(conversations.filter((each) => each.channel === channel.name).map(({ incident }) => incident));

/** A channel was taken out of the configuration while rows for it were pending. */
const withoutChannel = (
  { channels }: DeliverDeps,
  conversations: readonly ConversationName[],
): readonly ConversationName[] =>
  conversations.filter(({ channel }) => channels.every(({ name }) => name !== channel));

async function guarded(name: ConversationName, work: () => Promise<Outcome>): Promise<Delivery> {
  try {
    return { ...name, ...(await work()) };
  } catch (error) {
    // Only the kind of error: a message from below may quote a request.
    return { ...name, kind: 'broken', detail: error instanceof Error ? error.name : 'unknown error' };
  }
}

type Outcome = Delivery extends infer Each
  ? Each extends Delivery
    ? Omit<Each, keyof ConversationName>
    : never
  : never;

async function deliver(
  { outbox, clock, newId }: DeliverDeps,
  channel: Channel,
  incident: string,
): Promise<Outcome> {
  const conversation: Telling = { ...(await outbox.conversation(incident, channel.name)), holder: newId() };
  const pending = pendingIn(conversation);
  const plan = planDispatch(conversation, channel.edits, clock.now());
  if (plan.kind === 'hold') return { kind: 'held', until: plan.until };
  if (plan.kind === 'nothing') return { kind: 'quiet' };
  if ((await leaseOn(outbox, conversation, clock.now())) === 'taken') return { kind: 'taken' };
  const answer = await sendSafely(channel, plan);
  const now = clock.now();
  if (answer.kind === 'failed') return retryLater(outbox, conversation, pending, answer, now);
  const recorded = await outbox.recordSent(conversation, pending, answer.handle, now);
  return recorded === 'overtaken'
    ? { kind: 'overtaken', as: plan.kind }
    : { kind: 'sent', as: plan.kind, notices: pending.length };
}

/**
 * The stream and the schedule may deliver side by side, and both would post a first message. A lease that cannot be
 * written keeps nothing back: rather twice than never.
 */
async function leaseOn(
  outbox: Outbox,
  conversation: Telling,
  now: Instant,
): Promise<'leased' | 'taken' | 'unknown'> {
  try {
    return await outbox.lease(conversation, now, after(now, leaseLasts));
  } catch {
    return 'unknown';
  }
}

const pendingIn = ({ rows }: Conversation): readonly string[] =>
  rows.filter(({ state }) => state === 'pending').map(({ notice }) => notice.id);

/** Without a channel nobody will ever take these rows, and they would be due for as long as they are kept. */
async function drop(
  { outbox, clock }: DeliverDeps,
  { incident, channel }: ConversationName,
): Promise<Outcome> {
  const conversation = await outbox.conversation(incident, channel);
  const pending = pendingIn(conversation);
  await takeOut(outbox, conversation, pending, clock.now());
  return { kind: 'dropped', notices: pending.length };
}

async function takeOut(
  outbox: Outbox,
  conversation: Conversation,
  pending: readonly string[],
  now: Instant,
): Promise<void> {
  if (pending.length > 0)
    await outbox.recordSent(conversation, pending, conversation.handle, conversation.lastSentAt ?? now);
}

/** A channel answers failures as data; one that throws has a defect, which must look like a failure to its rows. */
async function sendSafely(
  channel: Channel,
  dispatch: Exclude<DispatchPlan, { kind: 'hold' | 'nothing' }>,
): Promise<SendAnswer> {
  try {
    return await channel.send(dispatch);
  } catch (error) {
    const detail = `channel ${channel.name} threw ${error instanceof Error ? error.name : 'something'}`;
    return { kind: 'failed', retry: 'slowly', reason: 'rejected', detail, retryAfter: undefined };
  }
}

/** A fault that only a person can mend is not asked about every minute. */
const headStart = { soon: 0, slowly: 3 } as const;

/** 1, 2, 4, 8, 16, 30, 30 … minutes, or what the channel asked for; never given up. */
export function waitAfter(attempts: number, answer: Extract<SendAnswer, { kind: 'failed' }>): Duration {
  if (answer.retryAfter !== undefined) return answer.retryAfter;
  return minutes(Math.min(30, 2 ** Math.min(attempts + headStart[answer.retry], 5)));
}

async function retryLater(
  outbox: Outbox,
  conversation: Telling,
  pending: readonly string[],
  answer: Extract<SendAnswer, { kind: 'failed' }>,
  now: Instant,
): Promise<Outcome> {
  const attempts = Math.max(
    ...conversation.rows.filter(({ state }) => state === 'pending').map((row) => row.attempts),
  );
  const nextTryAt = after(now, waitAfter(attempts, answer));
  await outbox.recordFailed(conversation, pending, nextTryAt);
  return { kind: 'failed', reason: answer.reason, detail: answer.detail, nextTryAt };
}
