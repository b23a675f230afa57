import type { DynamoDBStreamEvent } from 'aws-lambda';
import { type AccountCase, START } from './account.ts';
import { holds, same, within } from './expectations.ts';
import { type Answer, waiting, woken } from './stream-source-account.ts';

const POLLING = 'Lambda developer guide, with-ddb';
const BATCHING = 'Lambda developer guide, invocation-eventsourcemapping';
const ERRORS = 'Lambda developer guide, services-dynamodb-errors';
const PARTIAL = 'Lambda developer guide, services-ddb-batchfailurereporting';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

const poison = (names: string): void => {
  if (names.includes('c')) throw new Error('poison');
};

const batching: readonly AccountCase[] = [
  {
    fact: 'A batch goes out when it is full or when its window has passed, whichever is first.',
    source: BATCHING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { put, pass, names, starts } = waiting({ batchSize: 3, maximumBatchingWindow: 20 });
      put('abcd');
      await pass(60);
      same('batches', names(), ['abc', 'd']);
      same('starts', starts(), [0, 20]);
    },
  },
  {
    fact: 'Without a window a batch goes out as soon as there is a record.',
    source: BATCHING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { put, pass, starts } = waiting({});
      put('a');
      await pass(60);
      same('starts', starts(), [0]);
    },
  },
  {
    fact: 'A batch ends, before its window does, at a payload of 6 MB.',
    source: BATCHING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { putLarge, pass, names } = waiting({ batchSize: 2_000, maximumBatchingWindow: 60 });
      putLarge('abcdefghijklmnopqr');
      await pass(1);
      within('records at once', names()[0]?.length, 14, 16);
      await pass(60);
      same('all records', names().join(''), 'abcdefghijklmnopqr');
    },
  },
  {
    fact: 'One batch of a shard is processed at a time, and records come in their order.',
    source: POLLING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const account = waiting({ batchSize: 1 }, () => account.functions.sleep(10 * SECOND));
      account.put('abc');
      await account.pass(60);
      same('batches', account.names(), ['a', 'b', 'c']);
      same('starts', account.starts(), [0, 10, 20]);
    },
  },
  {
    fact: 'A record that matches no filter is not handed over and holds up nothing.',
    source: 'Lambda developer guide, invocation-eventfiltering',
    confidence: 'verified',
    public: false,
    check: async () => {
      const filters = [{ eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: ['notice'] } } } }];
      const { put, pass, names } = waiting({ filters });
      put('a');
      put('b', 'case');
      put('a', 'changed');
      put('c');
      await pass(60);
      same('records', names().join(''), 'ac');
    },
  },
  {
    fact: 'From TRIM_HORIZON on it begins with the oldest record that the stream still has.',
    source: POLLING,
    confidence: 'verified',
    gap: 'the twin’s source begins with what is written after it; the stack creates table and source together',
    public: false,
    check: async () => {
      const { source, put, pass, names } = woken({});
      put('a');
      source();
      put('b');
      await pass(60);
      same('records', names().join(''), 'ab');
    },
  },
  {
    fact: 'The next window begins when the run before has ended, not with the next record.',
    source: BATCHING,
    confidence: 'verified',
    gap: 'the twin’s window begins with the first record that waits, so a notice wakes nobody sooner than in AWS',
    public: false,
    check: async () => {
      const { put, pass, starts } = waiting({ maximumBatchingWindow: 20 });
      put('a');
      await pass(30);
      put('b');
      await pass(60);
      same('starts', starts(), [20, 40]);
    },
  },
];

const failing: readonly AccountCase[] = [
  {
    fact: 'A batch that fails is tried again and holds up what comes after it.',
    source: BATCHING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const account = waiting({ batchSize: 1 }, (names) => {
        if (names === 'a' && account.starts().length < 4) throw new Error('not yet');
      });
      account.put('ab');
      await account.pass(600);
      same('batches', account.names(), ['a', 'a', 'a', 'a', 'b']);
    },
  },
  {
    fact: 'By default a bad record holds up its shard until it is 24 hours old.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { put, pass, names } = waiting({ batchSize: 1 }, poison);
      put('c');
      await pass(1);
      put('d');
      await pass(23 * 3_600);
      holds('the next waits for 23 hours', !names().includes('d'));
      await pass(2 * 3_600);
      same('last', names().at(-1), 'd');
    },
  },
  {
    fact: 'After MaximumRetryAttempts retries the batch is discarded, and the next one has its turn.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { put, pass, names } = waiting({ batchSize: 1, maximumRetryAttempts: 3 }, poison);
      put('cd');
      await pass(600);
      same('batches', names(), ['c', 'c', 'c', 'c', 'd']);
    },
  },
  {
    fact: 'A batch whose records are older than MaximumRecordAgeInSeconds is discarded.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { put, pass, names, given, now } = waiting({ batchSize: 1, maximumRecordAge: 3_600 }, poison);
      put('cd');
      await pass(2 * 3_600);
      same('last', names().at(-1), 'd');
      const [{ requestContext, timestamp }] = given();
      same('condition', requestContext.condition, 'MaximumRecordAgeExceeded');
      within('age', Date.parse(timestamp) - START, HOUR, HOUR + 120 * SECOND);
      same('time passed', now() - START, 2 * HOUR);
    },
  },
  {
    fact: 'With BisectBatchOnFunctionError a failing batch is split in two until the bad record is alone.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const definition = { bisectBatchOnFunctionError: true, maximumRetryAttempts: 0 };
      const { put, pass, names, given } = waiting(definition, poison);
      put('abcd');
      await pass(600);
      same('batches', names(), ['abcd', 'ab', 'cd', 'c', 'd']);
      same('size of what was given up', given()[0]?.DDBStreamBatchInfo.batchSize, 1);
    },
  },
  {
    fact: 'Splitting a batch uses up no retry.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const definition = { bisectBatchOnFunctionError: true, maximumRetryAttempts: 2 };
      const { put, pass, names } = waiting(definition, poison);
      put('abcdefgh');
      await pass(600);
      same('runs of the bad record alone', names().filter((batch) => batch === 'c').length, 3);
    },
  },
  {
    fact: 'Throttles use up no retry either.',
    source: BATCHING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { functions, put, pass } = waiting({ maximumRetryAttempts: 0 });
      functions.create({ name: 'deliver', environment: {}, timeout: 30, reservedConcurrency: 0 });
      put('a');
      await pass(120);
      functions.create({ name: 'deliver', environment: {}, timeout: 30 });
      functions.implement('deliver', () => () => undefined);
      await pass(120);
      const outcomes = functions.log.map(({ outcome }) => outcome.kind);
      same('last outcome', outcomes.at(-1), 'succeeded');
      holds('it was throttled before', outcomes.includes('throttled'));
    },
  },
  {
    fact: 'Records that throttling keeps from the function until they are too old are discarded, too.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { functions, put, pass, given } = waiting({ maximumRecordAge: 3_600 });
      functions.create({ name: 'deliver', environment: {}, timeout: 30, reservedConcurrency: 0 });
      put('a');
      await pass(3_500);
      same('given up', given().length, 0);
      await pass(300);
      same('given up', given().length, 1);
    },
  },
  {
    fact: 'What is discarded goes to the failure destination as metadata, without the records themselves.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { put, pass, given } = waiting({ maximumRetryAttempts: 1 }, poison);
      put('abc');
      await pass(600);
      const { requestContext, responseContext, DDBStreamBatchInfo, ...rest } = given()[0];
      same('condition', requestContext.condition, 'RetryAttemptsExhausted');
      same('runs', requestContext.approximateInvokeCount, 2);
      same('function error', responseContext.functionError, 'Unhandled');
      same('records', DDBStreamBatchInfo.batchSize, 3);
      same('the rest', Object.keys(rest).toSorted(), ['timestamp', 'version']);
    },
  },
];

const failuresFrom = (place: number, { Records }: DynamoDBStreamEvent) => ({
  batchItemFailures: Records.slice(place).map(({ dynamodb }) => ({
    itemIdentifier: dynamodb?.SequenceNumber,
  })),
});

/** Answers this in the first run, and nothing in the next. */
const once = (answer: (event: DynamoDBStreamEvent) => unknown): Answer => {
  let runs = 0;
  return (_, event) => (runs++ === 0 ? answer(event) : undefined);
};

const SUCCESSES = [
  ['an empty list', { batchItemFailures: [] }],
  ['no list', { batchItemFailures: null }],
  ['an empty answer', {}],
  ['null', null],
] as const;

const FAILURES = [
  ['an empty itemIdentifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
  ['an itemIdentifier that is null', { batchItemFailures: [{ itemIdentifier: null }] }],
  ['an itemIdentifier under another name', { batchItemFailures: [{ id: 'a' }] }],
] as const;

const reporting = { reportBatchItemFailures: true } as const;

const partial: readonly AccountCase[] = [
  {
    fact: 'Of several records reported as failed the earliest counts: it and all after it are tried again.',
    source: PARTIAL,
    confidence: 'verified',
    public: false,
    check: async () => {
      const answer = once((event) => {
        const { batchItemFailures } = failuresFrom(1, event);
        return { batchItemFailures: [batchItemFailures[2], batchItemFailures[0]] };
      });
      const { put, pass, names } = waiting(reporting, answer);
      put('abcd');
      await pass(600);
      same('batches', names(), ['abcd', 'bcd']);
    },
  },
  {
    fact: 'With BisectBatchOnFunctionError, too, a reported failure cuts the batch at that record.',
    source: PARTIAL,
    confidence: 'verified',
    public: false,
    check: async () => {
      const definition = { ...reporting, bisectBatchOnFunctionError: true };
      const { put, pass, names } = waiting(
        definition,
        once((event) => failuresFrom(3, event)),
      );
      put('abcd');
      await pass(600);
      same('batches', names(), ['abcd', 'd']);
    },
  },
  {
    fact: 'Without ReportBatchItemFailures what the function reports is not looked at.',
    source: PARTIAL,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { put, pass, names } = waiting({}, (_, event) => failuresFrom(0, event));
      put('abcd');
      await pass(600);
      same('batches', names(), ['abcd']);
    },
  },
  ...SUCCESSES.map(
    ([what, answer]): AccountCase => ({
      fact: `The answer with ${what} is a complete success.`,
      source: PARTIAL,
      confidence: 'verified',
      public: false,
      check: async () => {
        const { put, pass, names } = waiting(reporting, () => answer);
        put('ab');
        await pass(600);
        same('batches', names(), ['ab']);
      },
    }),
  ),
  ...FAILURES.map(
    ([what, answer]): AccountCase => ({
      fact: `The answer with ${what} is a complete failure.`,
      source: PARTIAL,
      confidence: 'verified',
      public: false,
      check: async () => {
        const { put, pass, names } = waiting(
          reporting,
          once(() => answer),
        );
        put('ab');
        await pass(600);
        same('batches', names(), ['ab', 'ab']);
      },
    }),
  ),
];

export const streamSourceCases: readonly AccountCase[] = [...batching, ...failing, ...partial];
