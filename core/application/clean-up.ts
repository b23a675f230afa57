import { diffAlarms } from '../domain/credits/alarm-plan.ts';
import type { Place } from '../domain/notices/subject.ts';
import type { AlarmShelf, CaseBook, ChannelName, Clock, Outbox, Pace } from './ports.ts';

export interface CleanUpPorts {
  readonly clock: Clock;
  readonly alarms: AlarmShelf;
  readonly cases: CaseBook;
  readonly outbox: Outbox;
  /** Paces the wait for the farewell to be sent, and ends it. */
  readonly pace: Pace;
}

/** At deployment: without the genesis item nothing acts, because a lost table would look like a new one. */
export const settleIn = async ({ cases, clock }: CleanUpPorts): Promise<void> =>
  cases.writeGenesis(clock.now());

/**
 * On deletion of the stack: deletes our alarms and nothing else, and tells which volumes are still upgraded. The notice
 * is waited for while its delivery still exists; the table stays either way.
 */
export async function moveOut(
  deploymentId: string,
  place: Place,
  channels: readonly ChannelName[],
  ports: CleanUpPorts,
): Promise<{ readonly deletedAlarms: number; readonly farewell: 'sent' | 'pending' }> {
  const ours = diffAlarms([], await ports.alarms.list(), deploymentId).delete;
  if (ours.length > 0) await ports.alarms.delete(ours);
  const at = ports.clock.now();
  const id = `farewell#${place.region}#${at}`;
  const stillUpgraded = await ports.cases.stillUpgraded();
  await ports.outbox.add({ kind: 'farewell', id, at, ...place, deletedAlarms: ours.length, stillUpgraded });
  return { deletedAlarms: ours.length, farewell: await whenSent(id, channels, ports) };
}

async function whenSent(incident: string, channels: readonly ChannelName[], { outbox, pace }: CleanUpPorts) {
  while ((await pace.turn()) === 'go') {
    const conversations = await Promise.all(
      channels.map((channel) => outbox.conversation(incident, channel)),
    );
    if (conversations.every(({ rows }) => rows.every(({ state }) => state === 'sent'))) return 'sent';
  }
  return 'pending';
}
