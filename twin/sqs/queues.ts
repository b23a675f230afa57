import { ServiceError } from '../service-error.ts';
import type { Simulation } from '../simulation.ts';
import { Queue, type QueueDefinition } from './queue.ts';

export interface QueuesOptions {
  readonly simulation: Simulation;
  readonly accountId: string;
  readonly region: string;
}

/** All queues of an account in its Region. */
export class Queues {
  /** Where clients send what is for a queue: they take the host of its URL. Set before queues are created. */
  origin: string;
  readonly #options: QueuesOptions;
  readonly #queues = new Map<string, Queue>();

  constructor(options: QueuesOptions) {
    this.#options = options;
    this.origin = `https://sqs.${options.region}.amazonaws.com`;
  }

  create(definition: QueueDefinition): Queue {
    const { simulation, accountId, region } = this.#options;
    if (this.#queues.has(definition.name)) {
      throw new ServiceError('QueueNameExists', `A queue already exists with the name ${definition.name}`);
    }
    const deadLetterQueueArn = definition.redrive?.deadLetterQueueArn;
    const queue = new Queue({
      definition,
      arn: `arn:aws:sqs:${region}:${accountId}:${definition.name}`,
      url: `${this.origin}/${accountId}/${definition.name}`,
      simulation,
      deadLetterQueue: () => (deadLetterQueueArn === undefined ? undefined : this.find(deadLetterQueueArn)),
    });
    this.#queues.set(definition.name, queue);
    return queue;
  }

  /** By name, URL or ARN. */
  find(identity: string | undefined): Queue | undefined {
    return this.#queues.get(identity?.split(/[/:]/).at(-1) ?? '');
  }

  /** @throws QueueDoesNotExist */
  get(identity: string | undefined): Queue {
    const queue = this.find(identity);
    if (queue === undefined)
      throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  delete(name: string): void {
    this.#queues.delete(name);
  }
}
