import { ServiceError } from '../service-error.ts';
import type { MessageAttributes } from '../sqs/queue.ts';
import type { Queues } from '../sqs/queues.ts';

/** Lambda's failure destinations and dead-letter queues. What even they do not take is gone, as in AWS, but kept on record. */
export class FailureDestination {
  readonly lost: { readonly queueArn: string; readonly body: string; readonly error: string }[] = [];
  readonly #queues: Queues;

  constructor(queues: Queues) {
    this.#queues = queues;
  }

  send(queueArn: string | undefined, content: unknown, messageAttributes: MessageAttributes = {}): void {
    if (queueArn === undefined) return;
    const body = JSON.stringify(content);
    try {
      this.#queues.get(queueArn).send({ body, senderId: 'lambda.amazonaws.com', messageAttributes });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.lost.push({ queueArn, body, error: error.name });
    }
  }
}
