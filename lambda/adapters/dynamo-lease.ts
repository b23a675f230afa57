import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { after, type Instant, seconds } from '../../core/domain/units.ts';
import { isConditionFailed } from './aws-errors.ts';
import { keyItem, type Table } from './dynamo-table.ts';
import { keys } from './table-keys.ts';

/** Who of several runs may write alarms now. */
export interface Lease {
  /** Takes it, or renews it; `false` while another run holds it. */
  hold(now: Instant): Promise<boolean>;
  /** Lets the next run begin at once; does nothing to a lease that is another's. */
  release(now: Instant): Promise<void>;
}

/** Longer than any pause between two writes, short enough that a run that crashed is soon forgotten. */
const holdsFor = seconds(10);

/** CloudWatch's write quota is one per account and Region, so a pace holds only while one run writes. */
export function alarmWritingLease({ client, name }: Table, owner: string): Lease {
  const hold = async (now: Instant, until: Instant): Promise<boolean> => {
    const put = new PutItemCommand({
      TableName: name,
      Item: {
        ...keyItem(keys.alarmWriting),
        kind: { S: 'lease' },
        owner: { S: owner },
        until: { N: String(until) },
      },
      ConditionExpression: 'attribute_not_exists(pk) OR #owner = :me OR #until <= :now',
      ExpressionAttributeNames: { '#owner': 'owner', '#until': 'until' },
      ExpressionAttributeValues: { ':me': { S: owner }, ':now': { N: String(now) } },
    });
    try {
      await client.send(put);
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      throw error;
    }
  };
  return {
    hold: (now) => hold(now, after(now, holdsFor)),
    // A lease until now is nobody's.
    release: async (now) => {
      await hold(now, now);
    },
  };
}
