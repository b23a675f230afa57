import { SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type { Clients } from '../../test/conformance/clients.ts';

interface Notice {
  readonly subject: string;
  readonly message: string;
}

export interface NoticeQueue {
  /** Subscribes whoever is on call to a topic. */
  readonly subscribe: (topicArn: string) => Promise<void>;
  /** All that arrived so far, oldest first. */
  readonly received: () => Promise<readonly Notice[]>;
}

/** A queue of the one who is on call. */
export async function noticeQueue({ sqs, sns }: Clients): Promise<NoticeQueue> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'on-call' }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const queueArn = Attributes?.['QueueArn'] ?? '';
  const notices: Notice[] = [];
  const page = async (): Promise<number> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 3_600 }),
    );
    notices.push(...Messages.map(({ Body = '' }) => noticeIn(Body)));
    return Messages.length;
  };
  return {
    subscribe: async (TopicArn) => {
      const Policy = JSON.stringify(sendsFrom(TopicArn, queueArn));
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn }));
    },
    received: async () => {
      while ((await page()) > 0);
      return notices;
    },
  };
}

/** Source: SNS developer guide, "Subscribing an Amazon SQS queue to an Amazon SNS topic". */
const sendsFrom = (topicArn: string, queueArn: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queueArn,
      Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
    },
  ],
});

/** Source: SNS developer guide, "Fanout to Amazon SQS queues", the body without raw delivery. */
function noticeIn(body: string): Notice {
  const { Subject = '', Message = '' } = JSON.parse(body) as { Subject?: string; Message?: string };
  return { subject: Subject, message: Message };
}
