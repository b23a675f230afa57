import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** The end of a hop: what could not be delivered waits 14 days (the most SQS keeps) for a person, told by an alarm. */
export class DeadLetterQueue extends Queue {
  /** Completes the sentence "Something is stuck: …". */
  readonly holds: string;

  constructor(scope: Construct, id: string, holds: string) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.holds = holds;
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the end of its hop; cdk-nag only sees that for queues named in a redrive policy.',
    });
  }
}
