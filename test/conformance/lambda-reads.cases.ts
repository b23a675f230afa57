import {
  GetEventSourceMappingCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { AccountCase } from './account.ts';
import { refused, same } from './expectations.ts';
import { accountWithStack } from './stack-account.ts';

const CONFIGURATION = 'Lambda API reference, GetFunctionConfiguration';
const CONCURRENCY = 'Lambda API reference, GetFunctionConcurrency';
const MAPPING = 'Lambda API reference, GetEventSourceMapping';

export const lambdaReadCases: readonly AccountCase[] = [
  {
    fact: 'Without a qualifier the configuration is that of $LATEST: role, timeout, environment and State.',
    source: CONFIGURATION,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { lambda } = accountWithStack();
      const { Version, Role, Timeout, Environment, State, LastUpdateStatus } = await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: 'Function' }),
      );
      same(
        'configuration',
        [Version, Role, Timeout, Environment?.Variables, State, LastUpdateStatus],
        ['$LATEST', 'arn:aws:iam::123456789012:role/Role', 30, { A: 'b' }, 'Active', 'Successful'],
      );
    },
  },
  {
    fact: 'A function that reserves no concurrency is answered without a number, one that is stopped with 0.',
    source: CONCURRENCY,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { lambda, twin } = accountWithStack();
      const reserved = async () =>
        (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: 'Function' })))
          .ReservedConcurrentExecutions;
      same('none', await reserved(), undefined);
      twin.functions.reconfigure('Function', { reservedConcurrency: 0 });
      same('stopped', await reserved(), 0);
    },
  },
  {
    fact: 'A function that does not exist is ResourceNotFoundException.',
    source: `${CONFIGURATION}; GetFunctionConcurrency`,
    confidence: 'verified',
    public: true,
    check: async ({ lambda, mark }) => {
      const FunctionName = `${mark}-none`;
      await refused(
        lambda.send(new GetFunctionConfigurationCommand({ FunctionName })),
        'ResourceNotFoundException',
      );
      await refused(
        lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })),
        'ResourceNotFoundException',
      );
    },
  },
  {
    fact: 'A mapping tells its source, its function and its State: Enabled, or Disabled where somebody did that.',
    source: MAPPING,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { lambda, twin } = accountWithStack();
      const mapping = () => lambda.send(new GetEventSourceMappingCommand({ UUID: 'Poll' }));
      const { EventSourceArn, FunctionArn, State } = await mapping();
      same(
        'mapping',
        [EventSourceArn, FunctionArn, State],
        [
          'arn:aws:sqs:us-east-1:123456789012:Queue',
          'arn:aws:lambda:us-east-1:123456789012:function:Function',
          'Enabled',
        ],
      );
      twin.mappings.get('Poll').source.isEnabled = false;
      same('state', (await mapping()).State, 'Disabled');
    },
  },
  {
    fact: 'A mapping that does not exist is ResourceNotFoundException.',
    source: MAPPING,
    confidence: 'verified',
    public: true,
    check: ({ lambda }) =>
      refused(
        lambda.send(new GetEventSourceMappingCommand({ UUID: '00000000-0000-4000-8000-000000000000' })),
        'ResourceNotFoundException',
      ),
  },
];
