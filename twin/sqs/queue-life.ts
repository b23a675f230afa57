import type {
  CreateQueueCommandInput,
  DeleteQueueCommandInput,
  GetQueueUrlCommandInput,
  ListQueueTagsCommandInput,
} from '@aws-sdk/client-sqs';
import type { Service } from '../service.ts';
import { NotImitatedError, ServiceError } from '../service-error.ts';
import type { Queues } from './queues.ts';

const NAME = /^[A-Za-z0-9_-]{1,80}$/;

/** `Policy` is taken and lets everybody in: nothing in the twin sends what it would refuse. */
const ATTRIBUTES: readonly string[] = ['VisibilityTimeout', 'MessageRetentionPeriod', 'Policy'];

/** How queues come and go. Source: SQS API reference, CreateQueue, DeleteQueue, GetQueueUrl and ListQueueTags. */
export const queueLife = (queues: Queues): Service => ({
  CreateQueue: {
    accepts: ['QueueName', 'Attributes', 'tags'],
    run: ({ QueueName = '', Attributes = {}, tags = {} }: CreateQueueCommandInput) => {
      if (!NAME.test(QueueName)) throw new ServiceError('InvalidParameterValue', NAME_MESSAGE);
      const unknown = Object.keys(Attributes).find((name) => !ATTRIBUTES.includes(name));
      if (unknown !== undefined)
        throw new NotImitatedError(
          `SQS:CreateQueue attribute ${unknown} is not imitated; imitated: ${ATTRIBUTES.join(', ')}`,
        );
      const { VisibilityTimeout, MessageRetentionPeriod } = Attributes;
      const { url } = queues.create({
        name: QueueName,
        tags,
        ...(VisibilityTimeout !== undefined && { visibilityTimeout: Number(VisibilityTimeout) }),
        ...(MessageRetentionPeriod !== undefined && { retention: Number(MessageRetentionPeriod) }),
      });
      return { QueueUrl: url };
    },
  },
  /** At once, where AWS takes up to a minute. */
  DeleteQueue: {
    accepts: ['QueueUrl'],
    run: ({ QueueUrl }: DeleteQueueCommandInput) => {
      queues.delete(queues.get(QueueUrl).definition.name);
      return {};
    },
  },
  GetQueueUrl: {
    accepts: ['QueueName'],
    run: ({ QueueName }: GetQueueUrlCommandInput) => ({ QueueUrl: queues.get(QueueName).url }),
  },
  ListQueueTags: {
    accepts: ['QueueUrl'],
    run: ({ QueueUrl }: ListQueueTagsCommandInput) => {
      const { tags = {} } = queues.get(QueueUrl).definition;
      return Object.keys(tags).length === 0 ? {} : { Tags: tags };
    },
  },
});

const NAME_MESSAGE = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length';
