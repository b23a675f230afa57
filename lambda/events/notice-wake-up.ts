import * as v from 'valibot';

/** What wakes delivery: rows just written, or the minute's look at everything that is due. */
export type NoticeWakeUp =
  | { readonly kind: 'look-at-due' }
  | {
      readonly kind: 'rows-written';
      /** Each once. */
      readonly conversations: readonly {
        readonly incident: string;
        readonly channel: 'sns' | 'slack';
      }[];
    };

const row = v.object({
  dynamodb: v.object({
    NewImage: v.object({
      incident: v.object({ S: v.string() }),
      channel: v.object({ S: v.picklist(['sns', 'slack']) }),
    }),
  }),
});

const streamEvent = v.object({ Records: v.array(v.unknown()) });

/**
 * A stream event names the conversations it touched. The stream only wakes: a record we cannot read loses nothing,
 * because its row is due and the next look finds it. Everything else, the schedule foremost, is such a look.
 */
export function noticeWakeUp(event: unknown): NoticeWakeUp {
  const stream = v.safeParse(streamEvent, event);
  if (!stream.success) return { kind: 'look-at-due' };
  const written = stream.output.Records.map((record) => v.safeParse(row, record))
    .filter((result) => result.success)
    .map(({ output: { dynamodb } }) => ({
      incident: dynamodb.NewImage.incident.S,
      channel: dynamodb.NewImage.channel.S,
    }));
  const distinct = new Map(written.map((each) => [`${each.channel}#${each.incident}`, each]));
  return { kind: 'rows-written', conversations: [...distinct.values()] };
}
