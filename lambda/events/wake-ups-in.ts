import type { SQSEvent } from 'aws-lambda';
import type { LookAt } from '../../core/domain/look-at.ts';
import type { VolumeId } from '../../core/domain/volume.ts';
import type { Home } from './domain-event.ts';
import { domainEventIn } from './event-kinds.ts';

export interface WakeUps {
  /** Which message asked for which volume, so that a failed one can be given back to the queue. */
  readonly messages: readonly { readonly messageId: string; readonly volumeId: VolumeId }[];
  readonly wakeUps: readonly LookAt[];
  readonly ignored: readonly string[];
  /** Mutes whose end could not be read, and what they were taken for. */
  readonly assumed: readonly string[];
}

/** A batch from the work queue. A message nobody can use is told and taken off the queue: it will not get better. */
export function wakeUpsIn({ Records }: SQSEvent, home: Home): WakeUps {
  const events = Records.map(({ messageId, body }) => ({ messageId, event: domainEventIn(body, home) }));
  const wakeUps = events.flatMap(({ messageId, event }) =>
    event.kind === 'look-at' ? [{ messageId, event }] : [],
  );
  return {
    messages: wakeUps.map(({ messageId, event }) => ({ messageId, volumeId: event.volumeId })),
    wakeUps: wakeUps.map(({ event }) => event),
    assumed: wakeUps.flatMap(({ messageId, event }) => assumedIn(messageId, event)),
    ignored: events.flatMap(({ messageId, event }) => {
      if (event.kind === 'look-at') return [];
      return [
        `${messageId}: ${event.kind === 'ignored' ? event.why : `${event.kind} does not belong on the work queue`}`,
      ];
    }),
  };
}

const assumedIn = (messageId: string, { volumeId, mute }: LookAt): readonly string[] =>
  mute.kind === 'muted' && mute.end === 'assumed'
    ? [
        `${messageId}: the muteDetail of ${volumeId} cannot be read, taken as muted until ${new Date(mute.until).toISOString()}`,
      ]
    : [];
