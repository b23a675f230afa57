import type { Context } from 'aws-lambda';
import type { FunctionDefinition } from '../../twin/lambda/function-definition.ts';
import { type AccountCase, accountOfTwin, START } from './account.ts';
import { refused, same } from './expectations.ts';

const TIMEOUT = 'Lambda developer guide, configuration-timeout';
const CONCURRENCY = 'Lambda developer guide, configuration-concurrency';
const CONTEXT = 'Lambda developer guide, nodejs-context';
const ENVIRONMENT = 'Lambda developer guide, lambda-runtime-environment';

const SECOND = 1_000;

function created(definition: Partial<FunctionDefinition> = {}) {
  const { functions, simulation } = accountOfTwin();
  functions.create({ name: 'respond', environment: { MODE: 'act' }, timeout: 30, ...definition });
  const start = (event: unknown = {}) =>
    simulation.after(0, () =>
      functions.start({ functionName: 'respond', trigger: 'direct', event, onEnd: () => undefined }),
    );
  return { functions, simulation, start, outcomes: () => functions.log.map(({ outcome }) => outcome.kind) };
}

const creates = async (timeout: number): Promise<void> => void created({ timeout });

export const runCases: readonly AccountCase[] = [
  {
    fact: 'A timeout is 1 to 900 seconds.',
    source: TIMEOUT,
    confidence: 'verified',
    public: false,
    check: async () => {
      await creates(1);
      await creates(900);
      await refused(creates(0), 'InvalidParameterValueException');
      await refused(creates(901), 'InvalidParameterValueException');
    },
  },
  {
    fact: 'A run is ended when its timeout is over, and what it calls after that has no effect.',
    source: TIMEOUT,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { functions, simulation, start } = created({ timeout: 3 });
      let effects = 0;
      functions.implement('respond', () => async () => {
        await functions.sleep(5 * SECOND);
        await functions.guardCall('write', async () => {
          effects += 1;
        });
      });
      start();
      await simulation.runFor(60 * SECOND);
      const [run] = functions.log;
      same('outcome', run?.outcome.kind, 'timed out');
      same('seconds', ((run?.endedAt ?? 0) - START) / SECOND, 3);
      same('effects', effects, 0);
    },
  },
  {
    fact: 'getRemainingTimeInMillis counts down to the timeout.',
    source: CONTEXT,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { functions, simulation, start } = created({ timeout: 30 });
      const left: number[] = [];
      functions.implement('respond', () => async (_event: unknown, context: Context) => {
        left.push(context.getRemainingTimeInMillis());
        await functions.sleep(10 * SECOND);
        left.push(context.getRemainingTimeInMillis());
      });
      start();
      await simulation.runFor(60 * SECOND);
      same('milliseconds left', left, [30_000, 20_000]);
    },
  },
  {
    fact: 'The context names function, version, ARN, log group and request; each run has its own request.',
    source: CONTEXT,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { functions } = created();
      functions.implement('respond', () => (_event: unknown, context: Context) => ({
        functionName: context.functionName,
        functionVersion: context.functionVersion,
        invokedFunctionArn: context.invokedFunctionArn,
        logGroupName: context.logGroupName,
        awsRequestId: context.awsRequestId,
      }));
      const first = (await functions.invoke('respond', {})) as Record<string, unknown>;
      const second = (await functions.invoke('respond', {})) as Record<string, unknown>;
      const { awsRequestId, ...rest } = first;
      same('context', rest, {
        functionName: 'respond',
        functionVersion: '$LATEST',
        invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:respond',
        logGroupName: '/aws/lambda/respond',
      });
      same('another request', awsRequestId === second['awsRequestId'], false);
    },
  },
  {
    fact: 'Event and answer pass as JSON.',
    source: 'Lambda developer guide, nodejs-handler',
    confidence: 'verified',
    public: false,
    check: async () => {
      const { functions } = created();
      functions.implement('respond', () => (event: unknown) => ({ event, gone: undefined }));
      const answer = await functions.invoke('respond', { at: new Date(START) });
      same('answer', answer, { event: { at: '2026-11-22T10:00:00.000Z' } });
    },
  },
  {
    fact: 'No more runs go on at once than the reserved concurrency; further ones are throttled.',
    source: CONCURRENCY,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { functions, simulation, start, outcomes } = created({ reservedConcurrency: 2 });
      functions.implement('respond', () => () => functions.sleep(10 * SECOND));
      for (let count = 0; count < 3; count += 1) start();
      await simulation.runFor(5 * SECOND);
      same('outcomes while two run', outcomes(), ['throttled']);
      await simulation.runFor(10 * SECOND);
      start();
      await simulation.runFor(20 * SECOND);
      same('outcomes', outcomes(), ['throttled', 'succeeded', 'succeeded', 'succeeded']);
    },
  },
  {
    fact: 'A reserved concurrency of 0 throttles every run.',
    source: CONCURRENCY,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { simulation, start, outcomes } = created({ reservedConcurrency: 0 });
      start();
      await simulation.runFor(SECOND);
      same('outcomes', outcomes(), ['throttled']);
    },
  },
  {
    fact: 'What is outside the handler runs once and is kept for the next run, but not after a crash.',
    source: ENVIRONMENT,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { functions } = created();
      let initialisations = 0;
      functions.implement('respond', () => {
        initialisations += 1;
        return () => functions.guardCall('call', async () => 'answer');
      });
      await functions.invoke('respond', {});
      await functions.invoke('respond', {});
      same('initialisations before the crash', initialisations, 1);
      functions.crash('respond', { before: 'call' });
      await functions.invoke('respond', {}).catch(() => 'crashed');
      await functions.invoke('respond', {});
      same('initialisations after it', initialisations, 2);
    },
  },
];
