import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { TwinTime } from '../simulation.ts';
import { equalItems, type Item, itemSize } from './attribute-value.ts';
import { type KeySchema, projectKeys, type StreamView } from './table-definition.ts';

/** One record as a DynamoDB stream hands it to Lambda. Source: DynamoDB Streams API reference, Record. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Record<string, AttributeValue>;
    readonly NewImage?: Record<string, AttributeValue>;
    readonly OldImage?: Record<string, AttributeValue>;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamView;
  };
}

export type Change = {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly by: 'caller' | 'time-to-live';
  readonly at: TwinTime;
};

/**
 * All changes of a table in one shard, in the order they were made. AWS may use several shards and keeps the order per
 * item only; one shard is the case in which a poisonous record holds up the most.
 */
export class TableStream {
  readonly arn: string;
  readonly #region: string;
  readonly #keys: KeySchema;
  readonly #view: StreamView;
  readonly #subscribers: ((record: StreamRecord) => void)[] = [];
  #sequence = 0;

  constructor(options: { arn: string; region: string; keys: KeySchema; view: StreamView }) {
    this.arn = options.arn;
    this.#region = options.region;
    this.#keys = options.keys;
    this.#view = options.view;
  }

  subscribe(subscriber: (record: StreamRecord) => void): void {
    this.#subscribers.push(subscriber);
  }

  /** A write that changes nothing leaves no record. */
  write(change: Change): void {
    if (change.before !== undefined && change.after !== undefined && equalItems(change.before, change.after))
      return;
    const record = this.#record(change);
    if (record === undefined) return;
    // Items are replaced, never written into, and Lambda gets its event as JSON: subscribers may share the record.
    for (const subscriber of this.#subscribers) subscriber(record);
  }

  #record({ before, after, by, at }: Change): StreamRecord | undefined {
    const item = after ?? before;
    if (item === undefined) return undefined;
    this.#sequence += 1;
    const keys = projectKeys(item, this.#keys);
    const images = {
      ...(this.#shows('NEW') && after !== undefined && { NewImage: after }),
      ...(this.#shows('OLD') && before !== undefined && { OldImage: before }),
    };
    return {
      eventID: String(this.#sequence).padStart(32, '0'),
      eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: this.#region,
      eventSourceARN: this.arn,
      ...(by === 'time-to-live' && {
        userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      }),
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(at / 1000),
        Keys: keys,
        ...images,
        SequenceNumber: String(100_000_000_000_000_000_000n + BigInt(this.#sequence)),
        SizeBytes: itemSize(keys) + Object.values(images).reduce((sum, image) => sum + itemSize(image), 0),
        StreamViewType: this.#view,
      },
    };
  }

  #shows(image: 'NEW' | 'OLD'): boolean {
    return this.#view === 'NEW_AND_OLD_IMAGES' || this.#view === `${image}_IMAGE`;
  }
}
