import type { SQSEvent } from 'aws-lambda';
import { QueueSource, type QueueSourceDefinition } from '../../twin/lambda/queue-source.ts';
import { type AccountCase, accountOfTwin, START } from './account.ts';
import { holds, same } from './expectations.ts';

const POLLING = 'Lambda developer guide, with-sqs';
const ERRORS = 'Lambda developer guide, services-sqs-errorhandling';
const CONFIGURING = 'Lambda developer guide, services-sqs-configure';
const MAPPING = 'Lambda API reference, CreateEventSourceMapping';

const SECOND = 1_000;

type Answer = (event: SQSEvent) => unknown;

/** A queue that hides for 60 s and gives up after three receives, and the function that it wakes. */
function woken(
  definition: Partial<QueueSourceDefinition> = {},
  answer: Answer = () => undefined,
  limits: { readonly timeout?: number; readonly reservedConcurrency?: number } = {},
) {
  const { queues, functions, simulation, place } = accountOfTwin();
  const deadLetters = queues.create({ name: 'dead-letters' });
  const redrive = { deadLetterQueueArn: deadLetters.arn, maxReceiveCount: 3 };
  const work = queues.create({ name: 'work', visibilityTimeout: 60, redrive });
  const define = (more: typeof limits): void => {
    functions.create({ name: 'respond', environment: {}, timeout: 30, ...limits, ...more });
    functions.implement('respond', () => (event: SQSEvent) => {
      runs.push({
        at: (simulation.now - START) / SECOND,
        bodies: event.Records.map(({ body }) => body).join(''),
      });
      return answer(event);
    });
  };
  const runs: { readonly at: number; readonly bodies: string }[] = [];
  define({});
  new QueueSource(
    { functionName: 'respond', reportBatchItemFailures: false, ...definition },
    { queue: work, simulation, functions, region: place.region },
  );
  return {
    functions,
    define,
    send: (bodies: string) => {
      for (const body of bodies) work.send({ body, senderId: 'events.amazonaws.com' });
    },
    pass: (seconds: number) => simulation.runFor(seconds * SECOND),
    batches: () => runs.map(({ bodies }) => bodies),
    starts: () => runs.map(({ at }) => at),
    left: () => work.peek().map(({ body }) => body),
    deadLetters: () => deadLetters.peek().map(({ body }) => body),
  };
}

function refusedMapping(what: string, create: () => unknown): void {
  try {
    create();
  } catch (error) {
    same(`refusal of ${what}`, error instanceof Error && error.name, 'InvalidParameterValueException');
    return;
  }
  throw new Error(`${what}: accepted, expected a refusal`);
}

const failed = ({ Records }: SQSEvent, ...bodies: string[]) => ({
  batchItemFailures: Records.filter(({ body }) => bodies.includes(body)).map(({ messageId }) => ({
    itemIdentifier: messageId,
  })),
});

const broken = (): never => {
  throw new Error('broken');
};

const batching: readonly AccountCase[] = [
  {
    fact: 'A batch goes out when it is full or when its window has passed; after success its messages are deleted.',
    source: POLLING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { send, pass, batches, starts, left } = woken({ batchSize: 3, maximumBatchingWindow: 5 });
      send('abcd');
      await pass(120);
      same('batches', batches(), ['abc', 'd']);
      same('starts', starts(), [0, 5]);
      same('messages left', left(), []);
    },
  },
  {
    fact: 'Without a window up to ten messages go out as soon as they are there.',
    source: POLLING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { send, pass, batches, starts } = woken();
      send('abcdefghijkl');
      await pass(120);
      same('starts', starts(), [0, 0]);
      same(
        'sizes',
        batches().map(({ length }) => length),
        [10, 2],
      );
    },
  },
  {
    fact: 'A mapping takes batches of more than ten only with a window, and a window of at most 300 seconds.',
    source: `${CONFIGURING}; ${MAPPING}`,
    confidence: 'verified',
    public: false,
    check: async () => {
      woken({ batchSize: 100, maximumBatchingWindow: 1 });
      refusedMapping('a batch of eleven without a window', () => woken({ batchSize: 11 }));
      refusedMapping('a window of 301 s', () => woken({ maximumBatchingWindow: 301 }));
      refusedMapping('a batch of 10,001', () => woken({ batchSize: 10_001, maximumBatchingWindow: 1 }));
    },
  },
  {
    fact: 'A mapping runs at most its maximum concurrency of batches at once, which is 2 to 1,000.',
    source: 'Lambda developer guide, services-sqs-scaling',
    confidence: 'verified',
    public: false,
    check: async () => {
      const account = woken({ batchSize: 1, maximumConcurrency: 2 }, () =>
        account.functions.sleep(10 * SECOND),
      );
      account.send('abc');
      await account.pass(50);
      same('starts', account.starts(), [0, 0, 10]);
      refusedMapping('a maximum of 1', () => woken({ maximumConcurrency: 1 }));
      refusedMapping('a maximum of 1,001', () => woken({ maximumConcurrency: 1_001 }));
    },
  },
  {
    fact: 'A queue that hides its messages for less than the function may run is refused.',
    source: CONFIGURING,
    confidence: 'verified',
    public: false,
    check: async () => {
      woken({}, undefined, { timeout: 60 });
      refusedMapping('a timeout of 61 s', () => woken({}, undefined, { timeout: 61 }));
    },
  },
];

const failing: readonly AccountCase[] = [
  {
    fact: 'When the function fails, all messages of the batch come back after the visibility timeout.',
    source: POLLING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const account = woken({}, () => (account.starts().length === 1 ? broken() : undefined));
      account.send('ab');
      await account.pass(120);
      same('batches', account.batches(), ['ab', 'ab']);
      same('starts', account.starts(), [0, 60]);
    },
  },
  {
    fact: 'A function that runs into its timeout has failed.',
    source: POLLING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const account = woken({}, () => account.functions.sleep(31 * SECOND));
      account.send('a');
      await account.pass(59);
      same('messages left', account.left(), ['a']);
      await account.pass(10);
      same('starts', account.starts(), [0, 60]);
    },
  },
  {
    fact: 'What fails maxReceiveCount times ends in the dead-letter queue.',
    source: 'SQS developer guide, sqs-dead-letter-queues',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { send, pass, starts, left, deadLetters } = woken({}, broken);
      send('a');
      await pass(300);
      same('starts', starts(), [0, 60, 120]);
      same('left', left(), []);
      same('dead letters', deadLetters(), ['a']);
    },
  },
  {
    fact: 'A throttled batch is tried again while its messages are hidden, and runs once the function is free.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { send, pass, define, starts, left } = woken({}, undefined, { reservedConcurrency: 0 });
      send('a');
      await pass(15);
      define({ reservedConcurrency: 1 });
      await pass(44);
      holds('it ran before the messages were visible again', starts().length === 1);
      same('left', left(), []);
    },
  },
  {
    fact: 'A batch that stays throttled is dropped when its messages become visible again, which counts as a receive.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { send, pass, starts, deadLetters } = woken({}, undefined, { reservedConcurrency: 0 });
      send('a');
      await pass(300);
      same('runs', starts(), []);
      same('dead letters', deadLetters(), ['a']);
    },
  },
];

const reporting = { reportBatchItemFailures: true } as const;

const SUCCESSES = [{ batchItemFailures: [] }, { batchItemFailures: null }, {}, null];
const FAILURES = [
  { batchItemFailures: [{ itemIdentifier: '' }] },
  { batchItemFailures: [{ itemIdentifier: null }] },
  { batchItemFailures: [{ id: 'a' }] },
  { batchItemFailures: [{ itemIdentifier: 'of no message' }] },
];

const partial: readonly AccountCase[] = [
  {
    fact: 'Only the messages that the function reports as failed come back, each for itself.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const account = woken(reporting, (event) =>
        account.starts().length === 1 ? failed(event, 'b', 'd') : undefined,
      );
      account.send('abcde');
      await account.pass(120);
      same('batches', account.batches(), ['abcde', 'bd']);
      same('starts', account.starts(), [0, 60]);
    },
  },
  {
    fact: 'A message that is reported again and again ends in the dead-letter queue without the others.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { send, pass, batches, deadLetters } = woken(reporting, (event) => failed(event, 'b'));
      send('abc');
      await pass(600);
      same('batches', batches(), ['abc', 'b', 'b']);
      same('dead letters', deadLetters(), ['b']);
    },
  },
  {
    fact: 'A function that throws fails the whole batch, whether or not it could report parts.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { send, pass, deadLetters } = woken(reporting, broken);
      send('ab');
      await pass(600);
      same('dead letters', deadLetters(), ['a', 'b']);
    },
  },
  {
    fact: 'Without ReportBatchItemFailures what the function reports is not looked at.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { send, pass, batches } = woken({}, (event) => failed(event, 'a', 'b'));
      send('ab');
      await pass(600);
      same('batches', batches(), ['ab']);
    },
  },
  ...SUCCESSES.map(
    (answer): AccountCase => ({
      fact: `The answer ${JSON.stringify(answer)} is a complete success.`,
      source: ERRORS,
      confidence: 'verified',
      public: false,
      check: async () => {
        const { send, pass, batches } = woken(reporting, () => answer);
        send('ab');
        await pass(600);
        same('batches', batches(), ['ab']);
      },
    }),
  ),
  ...FAILURES.map(
    (answer): AccountCase => ({
      fact: `The answer ${JSON.stringify(answer)} is a complete failure.`,
      source: ERRORS,
      confidence: 'verified',
      public: false,
      check: async () => {
        const { send, pass, batches } = woken(reporting, () => answer);
        send('ab');
        await pass(600);
        same('batches', batches(), ['ab', 'ab', 'ab']);
      },
    }),
  ),
];

export const queueSourceCases: readonly AccountCase[] = [...batching, ...failing, ...partial];
