import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Channel, SendAnswer } from '../../core/application/ports.ts';
import type { Stamp } from '../../core/domain/notices/fact.ts';
import { failedOn, isDenied, isThrottled, isWithoutAnswer } from './aws-errors.ts';
import { mailOf } from './sns-text.ts';

/** SNS for machines and mail. It cannot edit: first, digests, end. */
export function snsChannel(sns: SNSClient, topicArn: string, stamp: Stamp): Channel {
  return {
    name: 'sns',
    edits: 'appends',
    send: async (dispatch) => {
      const { subject, body, need } = mailOf(dispatch, stamp);
      try {
        await sns.send(
          new PublishCommand({
            TopicArn: topicArn,
            Subject: subject,
            Message: body,
            MessageAttributes: { need: { DataType: 'String', StringValue: need } },
          }),
        );
        return { kind: 'sent', handle: undefined };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

/** Only the error's code is told: its message may quote the request. */
function failureOf(error: unknown): SendAnswer {
  const failed = { kind: 'failed', detail: failedOn(error, 'sns:Publish'), retryAfter: undefined } as const;
  if (isThrottled(error)) return { ...failed, retry: 'soon', reason: 'rate-limited' };
  if (isDenied(error)) return { ...failed, retry: 'slowly', reason: 'unauthorised' };
  if (isWithoutAnswer(error)) return { ...failed, retry: 'soon', reason: 'outage' };
  return { ...failed, retry: 'slowly', reason: 'rejected' };
}
