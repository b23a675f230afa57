import type {
  DeleteMessageCommandInput,
  GetQueueAttributesCommandInput,
  ReceiveMessageCommandInput,
  Message as SdkMessage,
  SendMessageBatchCommandInput,
  SendMessageBatchRequestEntry,
  SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import type { Call, Service } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { QUEUE_DEFAULTS, type Queue, type ReceivedMessage } from './queue.ts';
import { queueLife } from './queue-life.ts';
import type { Queues } from './queues.ts';

/** Source: SQS API reference, SendMessageBatch and ReceiveMessage. */
const MAXIMUM_BATCH = 10;

export const sqsService = (queues: Queues, now: () => number): Service => ({
  ...queueLife(queues),
  ...messages(queues, now),
});

function messages(queues: Queues, now: () => number): Service {
  return {
    SendMessage: {
      accepts: ['QueueUrl', 'MessageBody', 'DelaySeconds', 'MessageAttributes'],
      run: (input: SendMessageCommandInput, call: Call) =>
        send(queues.get(input.QueueUrl), input, call.principal),
    },
    SendMessageBatch: {
      accepts: ['QueueUrl', 'Entries'],
      run: ({ QueueUrl, Entries }: SendMessageBatchCommandInput, call: Call) =>
        sendBatch(queues.get(QueueUrl), Entries ?? [], call.principal),
    },
    ReceiveMessage: {
      accepts: [
        'QueueUrl',
        'MaxNumberOfMessages',
        'VisibilityTimeout',
        'WaitTimeSeconds',
        'MessageSystemAttributeNames',
        'MessageAttributeNames',
      ],
      run: (input: ReceiveMessageCommandInput) => receive(queues.get(input.QueueUrl), input),
    },
    DeleteMessage: {
      accepts: ['QueueUrl', 'ReceiptHandle'],
      run: ({ QueueUrl, ReceiptHandle }: DeleteMessageCommandInput) => {
        queues.get(QueueUrl).delete(ReceiptHandle ?? '');
        return {};
      },
    },
    GetQueueAttributes: {
      accepts: ['QueueUrl', 'AttributeNames'],
      run: ({ QueueUrl, AttributeNames }: GetQueueAttributesCommandInput) => ({
        Attributes: pick(attributes(queues.get(QueueUrl), now()), AttributeNames ?? []),
      }),
    },
  };
}

type Entry = Pick<SendMessageBatchRequestEntry, 'MessageBody' | 'DelaySeconds' | 'MessageAttributes'>;

function send(queue: Queue, entry: Entry, senderId: string): { MessageId: string; MD5OfMessageBody: string } {
  const delay = entry.DelaySeconds;
  if (delay !== undefined && (delay < 0 || delay > 900)) {
    throw new ServiceError(
      'InvalidParameterValue',
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  }
  const { messageId, md5OfBody } = queue.send({
    body: entry.MessageBody ?? '',
    senderId,
    messageAttributes: entry.MessageAttributes,
    delaySeconds: delay,
  });
  return { MessageId: messageId, MD5OfMessageBody: md5OfBody };
}

function sendBatch(queue: Queue, entries: readonly SendMessageBatchRequestEntry[], senderId: string): object {
  assertBatch(entries);
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...send(queue, entry, senderId) });
    } catch (error) {
      if (!(error instanceof ServiceError) || error.$fault === 'server') throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.name, Message: error.message });
    }
  }
  return { Successful, Failed };
}

function assertBatch(entries: readonly SendMessageBatchRequestEntry[]): void {
  if (entries.length === 0) {
    throw new ServiceError(
      'EmptyBatchRequest',
      'There should be at least one SendMessageBatchRequestEntry in the request.',
    );
  }
  if (entries.length > MAXIMUM_BATCH) {
    throw new ServiceError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAXIMUM_BATCH}. You have sent ${entries.length}.`,
    );
  }
  if (!entries.every(({ Id = '' }) => /^[A-Za-z0-9_-]{1,80}$/.test(Id))) {
    throw new ServiceError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new ServiceError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  }
  const bytes = entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody ?? ''), 0);
  if (bytes > QUEUE_DEFAULTS.maximumMessageSize) {
    throw new ServiceError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${QUEUE_DEFAULTS.maximumMessageSize} bytes. You have sent ${bytes} bytes.`,
    );
  }
}

/** Long polling (`WaitTimeSeconds`) is accepted; it answers at once, because the caller's time does not pass. */
function receive(queue: Queue, input: ReceiveMessageCommandInput): { Messages?: SdkMessage[] } {
  const maximum = input.MaxNumberOfMessages ?? 1;
  if (maximum < 1 || maximum > MAXIMUM_BATCH) {
    throw new ServiceError(
      'InvalidParameterValue',
      `Value ${maximum} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`,
    );
  }
  const timeout = input.VisibilityTimeout;
  const received = queue.receive(maximum, timeout === undefined ? undefined : timeout * 1000);
  if (received.length === 0) return {};
  const wanted = input.MessageSystemAttributeNames ?? [];
  return {
    Messages: received.map((message) => ({
      MessageId: message.messageId,
      ReceiptHandle: message.receiptHandle,
      Body: message.body,
      MD5OfBody: message.md5OfBody,
      ...(wanted.length > 0 && { Attributes: pick(systemAttributes(message), wanted) }),
      ...((input.MessageAttributeNames ?? []).length > 0 && { MessageAttributes: message.messageAttributes }),
    })),
  };
}

/** As ReceiveMessage and Lambda's SQS events carry them. */
export const systemAttributes = (message: ReceivedMessage) => ({
  ApproximateReceiveCount: String(message.receiveCount),
  SentTimestamp: String(message.sentAt),
  SenderId: message.senderId,
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
});

function attributes(queue: Queue, now: number): Record<string, string> {
  const hidden = queue.peek().filter(({ visibleAt }) => visibleAt > now);
  const delayed = hidden.filter(({ receiveCount }) => receiveCount === 0).length;
  const { redrive } = queue.definition;
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(queue.visibleCount),
    ApproximateNumberOfMessagesNotVisible: String(hidden.length - delayed),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(queue.visibilityTimeoutMs / 1000),
    MessageRetentionPeriod: String(queue.retentionMs / 1000),
    ...(redrive !== undefined && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: redrive.deadLetterQueueArn,
        maxReceiveCount: redrive.maxReceiveCount,
      }),
    }),
  };
}

const pick = (all: Record<string, string>, names: readonly string[]): Record<string, string> =>
  names.includes('All')
    ? all
    : Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
