import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueUrlCommand,
  ListQueueTagsCommand,
} from '@aws-sdk/client-sqs';
import type { AccountCase } from './account.ts';
import { refused, same } from './expectations.ts';

export const createQueueCases: readonly AccountCase[] = [
  {
    fact: 'A queue is found by its name and has the tags it was created with.',
    source: 'SQS API reference, CreateQueue, GetQueueUrl and ListQueueTags',
    confidence: 'verified',
    public: true,
    check: async ({ sqs, mark }) => {
      const QueueName = `${mark}-tagged`;
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, tags: { team: 'storage' } }));
      same('URL', (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl, QueueUrl);
      same('tags', (await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags, { team: 'storage' });
    },
  },
  {
    fact: 'The name of a queue has at most 80 letters, digits, hyphens and underscores.',
    source: 'SQS API reference, CreateQueue',
    confidence: 'verified',
    public: true,
    check: ({ sqs }) =>
      refused(
        sqs.send(new CreateQueueCommand({ QueueName: 'x'.repeat(81) })),
        'InvalidParameterValue',
        'InvalidParameterValueException',
      ),
  },
  {
    fact: 'A queue that does not exist, or no longer, is QueueDoesNotExist.',
    source: 'SQS API reference, GetQueueUrl and DeleteQueue',
    confidence: 'verified',
    public: true,
    check: async ({ sqs, mark }) => {
      const QueueName = `${mark}-gone`;
      const get = () => sqs.send(new GetQueueUrlCommand({ QueueName }));
      await refused(get(), 'QueueDoesNotExist');
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      await refused(get(), 'QueueDoesNotExist');
    },
  },
];
