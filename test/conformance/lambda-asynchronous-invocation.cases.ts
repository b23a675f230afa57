import type {
  AsynchronousConfig,
  FunctionDefinition,
  Handler,
} from '../../twin/lambda/function-definition.ts';
import { type AccountCase, accountOfTwin, START } from './account.ts';
import { refused, same, within } from './expectations.ts';

const ERRORS = 'Lambda developer guide, invocation-async-error-handling';
const SETTINGS = 'Lambda developer guide, invocation-async-configuring';
const RECORDS = 'Lambda developer guide, invocation-async-retain-records';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

const broken: Handler = () => {
  throw new TypeError('broken');
};

interface Setting {
  readonly definition?: Partial<FunctionDefinition>;
  readonly config?: AsynchronousConfig;
  readonly handler?: Handler;
}

/** A function with a failure destination and a dead-letter queue. */
function invoked({ definition = {}, config = {}, handler = broken }: Setting = {}) {
  const { functions, invocations, queues, simulation } = accountOfTwin();
  const failures = queues.create({ name: 'failures' });
  const dead = queues.create({ name: 'dead' });
  functions.create({
    name: 'respond',
    environment: {},
    timeout: 3,
    deadLetterQueueArn: dead.arn,
    ...definition,
  });
  functions.configureAsynchronous('respond', { onFailureQueueArn: failures.arn, ...config });
  functions.implement('respond', () => handler);
  return {
    functions,
    dead,
    invoke: (event: unknown = { id: 7 }) => invocations.accept('respond', event),
    pass: (milliseconds: number) => simulation.runFor(milliseconds),
    sleep: (milliseconds: number) => functions.sleep(milliseconds),
    /** In seconds after the event was accepted. */
    starts: () => functions.log.map(({ at }) => (at - START) / SECOND),
    outcomes: () => functions.log.map(({ outcome }) => outcome.kind),
    records: () => failures.peek().map(({ body }) => JSON.parse(body)),
  };
}

const configured = async (config: AsynchronousConfig): Promise<void> => void invoked({ config });

const RETRYING: readonly AccountCase[] = [
  {
    fact: 'A function that fails is run two more times: after one minute and after two more.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { invoke, pass, starts } = invoked();
      invoke();
      await pass(HOUR);
      same('starts', starts(), [0, 60, 180]);
    },
  },
  {
    fact: 'A timeout is an error of the function like any other.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { functions, invoke, pass, outcomes } = invoked();
      functions.implement('respond', () => () => functions.sleep(10 * SECOND));
      invoke();
      await pass(HOUR);
      same('outcomes', outcomes(), ['timed out', 'timed out', 'timed out']);
    },
  },
  {
    fact: 'Once it succeeds it is not run again.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      let runs = 0;
      const handler: Handler = () => {
        runs += 1;
        if (runs === 1) throw new Error('broken');
      };
      const { invoke, pass, records } = invoked({ handler });
      invoke();
      await pass(HOUR);
      same('runs', runs, 2);
      same('records', records(), []);
    },
  },
  {
    fact: 'A function that does not fail can get the same event more than once all the same.',
    source: ERRORS,
    confidence: 'verified',
    gap: 'the twin repeats events on the bus and in queues, which a function cannot tell from this',
    public: false,
    check: async () => {
      const { invoke, pass, starts } = invoked({ handler: () => undefined });
      for (let count = 0; count < 1_000; count += 1) invoke();
      await pass(HOUR);
      within('runs', starts().length, 1_001, Number.POSITIVE_INFINITY);
    },
  },
  {
    fact: 'MaximumRetryAttempts is 0 to 2.',
    source: SETTINGS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { invoke, pass, starts } = invoked({ config: { maximumRetryAttempts: 0 } });
      invoke();
      await pass(HOUR);
      same('starts', starts(), [0]);
      await refused(configured({ maximumRetryAttempts: 3 }), 'InvalidParameterValueException');
      await refused(configured({ maximumRetryAttempts: -1 }), 'InvalidParameterValueException');
    },
  },
  {
    fact: 'MaximumEventAgeInSeconds is 60 to 21,600; an event that would be older is not tried again.',
    source: `${SETTINGS}; Lambda API reference, PutFunctionEventInvokeConfig`,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { invoke, pass, starts, records } = invoked({ config: { maximumEventAge: 90 } });
      invoke();
      await pass(HOUR);
      same('starts', starts(), [0, 60]);
      same('condition', records()[0].requestContext.condition, 'EventAgeExceeded');
      await refused(configured({ maximumEventAge: 59 }), 'InvalidParameterValueException');
      await refused(configured({ maximumEventAge: 21_601 }), 'InvalidParameterValueException');
    },
  },
];

const THROTTLED: readonly AccountCase[] = [
  {
    fact: 'A throttled event is tried again from 1 second on, with pauses that grow to 5 minutes at most.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { functions, invoke, pass, outcomes } = invoked({
        definition: { reservedConcurrency: 1, timeout: 900 },
      });
      functions.implement('respond', () => () => functions.sleep(899 * SECOND));
      invoke('first');
      invoke('second');
      await pass(HOUR);
      const tries = functions.log.filter(({ event }) => event === 'second').map(({ at }) => at);
      const pauses = tries.slice(1).map((at, place) => (at - (tries[place] ?? at)) / SECOND);
      same('first pauses', pauses.slice(0, 4), [1, 2, 4, 8]);
      within('longest pause', Math.max(...pauses), 256, 300);
      same('last outcome', outcomes().at(-1), 'succeeded');
    },
  },
  {
    fact: 'Throttles use up none of the retries.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { functions, invoke, pass, outcomes } = invoked({
        definition: { reservedConcurrency: 1, timeout: 60 },
      });
      functions.implement('respond', () => async (event: unknown) => {
        await functions.sleep(50 * SECOND);
        if (event === 'second') throw new Error('broken');
      });
      invoke('first');
      invoke('second');
      await pass(HOUR);
      same('failures of the second', outcomes().filter((kind) => kind === 'failed').length, 3);
    },
  },
  {
    fact: 'A throttled event is given up after 6 hours where nothing else is set.',
    source: ERRORS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { functions, invoke, pass, records } = invoked({
        definition: { reservedConcurrency: 1, timeout: 900 },
      });
      functions.implement('respond', () => () => functions.sleep(899 * SECOND));
      for (let count = 0; count < 60; count += 1) invoke(count);
      await pass(6 * HOUR - 10 * 60 * SECOND);
      same('given up before', records().length, 0);
      await pass(HOUR);
      same('condition', records()[0]?.requestContext.condition, 'EventAgeExceeded');
    },
  },
  {
    fact: 'With a reserved concurrency of 0 events go to dead-letter queue and destination at once, without a retry.',
    source: RECORDS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { invoke, pass, records, dead } = invoked({ definition: { reservedConcurrency: 0 } });
      invoke();
      await pass(SECOND);
      same('records', records().length, 1);
      same('dead letters', dead.peek().length, 1);
    },
  },
];

const GIVEN_UP: readonly AccountCase[] = [
  {
    fact: 'The failure destination is told the event, why it was given up, the runs, and the last answer.',
    source: RECORDS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { invoke, pass, records } = invoked();
      invoke();
      await pass(HOUR);
      const [{ timestamp, requestContext, ...record }] = records();
      same('timestamp', timestamp, '2026-11-22T10:03:00.000Z');
      const { requestId: _, ...context } = requestContext;
      same('request', context, {
        functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:respond:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      });
      same('the rest', record, {
        version: '1.0',
        requestPayload: { id: 7 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: { errorType: 'TypeError', errorMessage: 'broken' },
      });
    },
  },
  {
    fact: 'Of a process that died the record says “Process exited before completing request”.',
    source: RECORDS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const config = { maximumRetryAttempts: 0 };
      const { functions, invoke, pass, records } = invoked({ config });
      functions.implement('respond', () => () => functions.guardCall('call', async () => 'answer'));
      functions.crash('respond', { before: 'call' });
      invoke();
      await pass(HOUR);
      const [{ requestContext, responsePayload }] = records();
      const errorMessage = `RequestId: ${requestContext.requestId} Process exited before completing request`;
      same('answer', responsePayload, { errorMessage });
    },
  },
  {
    fact: 'The dead-letter queue gets the event as it is; request, status and message are attributes.',
    source: RECORDS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { invoke, pass, dead, functions } = invoked();
      invoke();
      await pass(HOUR);
      const [message] = dead.peek();
      same('body', message?.body, '{"id":7}');
      same('attributes', message?.messageAttributes, {
        RequestID: { DataType: 'String', StringValue: functions.log.at(-1)?.requestId },
        ErrorCode: { DataType: 'Number', StringValue: '200' },
        ErrorMessage: { DataType: 'String', StringValue: 'broken' },
      });
    },
  },
  {
    fact: 'What the destination does not take is lost.',
    source: RECORDS,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { invoke, pass, dead } = invoked();
      dead.isDown = true;
      invoke();
      await pass(HOUR);
      dead.isDown = false;
      await pass(HOUR);
      same('dead letters', dead.peek().length, 0);
    },
  },
];

export const asynchronousInvocationCases: readonly AccountCase[] = [...RETRYING, ...THROTTLED, ...GIVEN_UP];
