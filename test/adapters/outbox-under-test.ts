import type { ChannelName, Telling } from '../../core/application/ports.ts';
import type { Notice } from '../../core/domain/notices/notice.ts';
import { dynamoCaseBook } from '../../lambda/adapters/dynamo-case-book.ts';
import { dynamoOutbox } from '../../lambda/adapters/dynamo-outbox.ts';
import { accountUnderTest } from './account-under-test.ts';
import { watching } from './example-cases.ts';

/** An outbox on the table of a simulated account, and what writes and shows its rows. */
export function outboxUnderTest() {
  const world = accountUnderTest();
  const reported: string[] = [];
  const report = ({ message }: Error) => void reported.push(message);
  const channels = ['sns', 'slack'] as const;
  const outbox = dynamoOutbox(world.table, { channels, report });
  const book = dynamoCaseBook(world.table, { channels, now: world.now, report });
  let version = 0;
  const tell = (...notices: readonly Notice[]) => {
    version += 1;
    return book.commit({ case: watching(version), expectedVersion: version - 1, notices, ledger: undefined });
  };
  const rowOf = (noticeId: string, channel = 'sns', incident = 'IN-1') =>
    world.account.tables.get('table').get({
      pk: { S: `INCIDENT#${incident}` },
      sk: { S: `NOTICE#${channel}#${noticeId}` },
    });
  /** The conversation as a delivery of this name reads it. */
  const telling = async (
    holder: string,
    incident = 'IN-1',
    channel: ChannelName = 'slack',
  ): Promise<Telling> => ({
    ...(await outbox.conversation(incident, channel)),
    holder,
  });
  return { ...world, outbox, tell, telling, reported, rowOf };
}
