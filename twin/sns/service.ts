import type {
  ListSubscriptionsByTopicCommandInput,
  MessageAttributeValue,
  PublishCommandInput,
} from '@aws-sdk/client-sns';
import { page } from '../paging.ts';
import type { Service } from '../service.ts';
import { NotImitatedError, ServiceError } from '../service-error.ts';
import { subscriptionArn, subscriptionLife } from './subscription-life.ts';
import type { Subscription, Topics } from './topics.ts';

/** Source: SNS API reference, Publish. */
const MAXIMUM_BYTES = 262_144;
const MAXIMUM_SUBJECT = 100;
/** Source: SNS API reference, ListSubscriptionsByTopic: up to 100 a call. */
const SUBSCRIPTIONS_A_PAGE = 100;

export function snsService(topics: Topics): Service {
  return {
    ...subscriptionLife(topics),
    Publish: {
      accepts: ['TopicArn', 'Subject', 'Message', 'MessageAttributes'],
      run: ({ TopicArn, Subject, Message, MessageAttributes = {} }: PublishCommandInput) => {
        const topic = topics.get(TopicArn);
        if (topic.isDown) {
          throw new ServiceError('InternalErrorException', 'Internal error', {
            $fault: 'server',
            httpStatusCode: 500,
          });
        }
        assertSubject(Subject);
        assertMessage(Message, MessageAttributes);
        const { messageId } = topics.publish(topic, {
          subject: Subject,
          message: Message ?? '',
          messageAttributes: MessageAttributes,
        });
        return { MessageId: messageId };
      },
    },
    ListSubscriptionsByTopic: {
      accepts: ['TopicArn', 'NextToken'],
      run: ({ TopicArn, NextToken }: ListSubscriptionsByTopicCommandInput) => {
        const { arn, subscriptions } = topics.get(TopicArn);
        const refuse = () => invalidParameter('NextToken');
        const { items, ...next } = page(subscriptions, SUBSCRIPTIONS_A_PAGE, NextToken, refuse);
        return { Subscriptions: items.map((one) => listed(arn, one)), ...next };
      },
    },
  };
}

/**
 * Until it is confirmed, and after it was deleted, a subscription has no ARN but a word. Sources: SNS API reference,
 * Subscribe; AWS Knowledge Center, "Deleted" SNS topic subscription.
 */
const listed = (topicArn: string, subscription: Subscription): object => ({
  SubscriptionArn: subscription.isDeleted
    ? 'Deleted'
    : subscription.isConfirmed
      ? subscriptionArn(topicArn, subscription)
      : 'PendingConfirmation',
  Owner: topicArn.split(':')[4],
  Protocol: subscription.protocol,
  Endpoint: subscription.endpoint,
  TopicArn: topicArn,
});

const invalidParameter = (detail: string): ServiceError =>
  new ServiceError('InvalidParameterException', `Invalid parameter: ${detail}`);

/** "UTF-8 text with no line breaks or control characters, and less than 100 characters long." */
function assertSubject(subject: string | undefined): void {
  if (subject === undefined) return;
  const isAcceptable =
    subject !== '' && subject.length < MAXIMUM_SUBJECT && !/[\p{Cc}\u2028\u2029]/u.test(subject);
  if (!isAcceptable) throw invalidParameter('Subject');
}

function assertMessage(
  message: string | undefined,
  attributes: Readonly<Record<string, MessageAttributeValue>>,
): void {
  if (message === undefined || message === '') throw invalidParameter('Empty message');
  let bytes = Buffer.byteLength(message);
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    if (BinaryValue !== undefined)
      throw new NotImitatedError('SNS binary message attributes are not imitated');
    if (DataType === undefined || StringValue === undefined || StringValue === '') {
      throw new ServiceError(
        'InvalidParameterValueException',
        `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
      );
    }
    bytes += Buffer.byteLength(name) + Buffer.byteLength(DataType) + Buffer.byteLength(StringValue);
  }
  if (bytes > MAXIMUM_BYTES) throw invalidParameter('Message too long');
}
