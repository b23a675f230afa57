import type { SubscribeCommandInput, UnsubscribeCommandInput } from '@aws-sdk/client-sns';
import type { Service } from '../service.ts';
import { NotImitatedError } from '../service-error.ts';
import type { Subscription, Topics } from './topics.ts';

/** How subscriptions come and go; queues agree at once. Source: SNS API reference, Subscribe and Unsubscribe. */
export const subscriptionLife = (topics: Topics): Service => ({
  Subscribe: {
    accepts: ['TopicArn', 'Protocol', 'Endpoint', 'Attributes', 'ReturnSubscriptionArn'],
    run: ({ TopicArn, Protocol = '', Endpoint = '', Attributes = {} }: SubscribeCommandInput) => {
      const { RawMessageDelivery = 'false', ...others } = Attributes;
      const [unknown] = Object.keys(others);
      if (unknown !== undefined)
        throw new NotImitatedError(`SNS:Subscribe attribute ${unknown} is not imitated`);
      const { arn, subscriptions } = topics.get(TopicArn);
      // API reference, Subscribe: of the same endpoint again, the subscription that there is.
      const known = () => subscriptions.find((one) => one.protocol === Protocol && one.endpoint === Endpoint);
      if (known() === undefined) topics.subscribe(arn, Protocol, Endpoint, RawMessageDelivery === 'true');
      const subscription = known();
      return { SubscriptionArn: subscription && subscriptionArn(arn, subscription) };
    },
  },
  Unsubscribe: {
    accepts: ['SubscriptionArn'],
    run: ({ SubscriptionArn = '' }: UnsubscribeCommandInput) => {
      const topicArn = SubscriptionArn.split(':').slice(0, -1).join(':');
      const { arn, subscriptions } = topics.get(topicArn);
      const place = subscriptions.findIndex((one) => subscriptionArn(arn, one) === SubscriptionArn);
      // API reference, Unsubscribe: what is not there is unsubscribed already.
      if (place >= 0) subscriptions.splice(place, 1);
      return {};
    },
  },
});

export const subscriptionArn = (topicArn: string, { number }: Subscription): string =>
  `${topicArn}:00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
