import type { EventPattern } from '../events/pattern.ts';
import { QueueSource } from '../lambda/queue-source.ts';
import { StreamSource } from '../lambda/stream-source.ts';
import { NotImitatedError } from '../service-error.ts';
import {
  defined,
  type Properties,
  type Resource,
  type ResourceKind,
  type TemplateTarget,
} from './resource-kind.ts';

const FUNCTION: ResourceKind = {
  properties: [
    'FunctionName',
    'Environment',
    'Timeout',
    'ReservedConcurrentExecutions',
    'DeadLetterConfig',
    'Role',
  ],
  withoutEffect: [
    'Architectures',
    'Code',
    'Description',
    'EphemeralStorage',
    'Handler',
    'KmsKeyArn',
    'Layers',
    'LoggingConfig',
    'MemorySize',
    'RecursiveLoop',
    'Runtime',
    'Tags',
    'TracingConfig',
  ],
  create: (properties, logicalId, { functions }) => {
    const name = properties.text('FunctionName') ?? logicalId;
    const variables = properties.map('Environment')?.map('Variables')?.record() ?? {};
    const { arn } = functions.create({
      name,
      environment: Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, String(value)])),
      // Lambda's default. Source: Lambda API reference, CreateFunction.
      timeout: properties.number('Timeout') ?? 3,
      ...defined({
        reservedConcurrency: properties.number('ReservedConcurrentExecutions'),
        deadLetterQueueArn: properties.map('DeadLetterConfig')?.text('TargetArn'),
        role: properties.text('Role'),
      }),
    });
    return { ref: name, attributes: { Arn: arn }, remove: () => functions.delete(name) };
  },
};

/** Every version is the function as it is: the twin never deploys twice. */
const VERSION: ResourceKind = {
  properties: ['FunctionName'],
  withoutEffect: ['Description', 'CodeSha256'],
  create: (properties, _, { functions }) => {
    const name = functions.definition(properties.requiredText('FunctionName')).name;
    return {
      ref: `${functions.arn(name)}:1`,
      attributes: { Version: '1', FunctionArn: `${functions.arn(name)}:1` },
    };
  },
};

const EVENT_INVOKE_CONFIG: ResourceKind = {
  properties: [
    'FunctionName',
    'Qualifier',
    'MaximumRetryAttempts',
    'MaximumEventAgeInSeconds',
    'DestinationConfig',
  ],
  withoutEffect: [],
  create: (properties, logicalId, { functions }) => {
    const destinations = properties.map('DestinationConfig');
    destinations?.assertOnly(['OnFailure']);
    functions.configureAsynchronous(
      `${properties.requiredText('FunctionName')}:${properties.requiredText('Qualifier')}`,
      defined({
        maximumRetryAttempts: properties.number('MaximumRetryAttempts'),
        maximumEventAge: properties.number('MaximumEventAgeInSeconds'),
        onFailureQueueArn: onFailureQueue(destinations),
      }),
    );
    return { ref: logicalId, attributes: {} };
  },
};

const EVENT_SOURCE_MAPPING: ResourceKind = {
  properties: [
    'FunctionName',
    'EventSourceArn',
    'Enabled',
    'BatchSize',
    'MaximumBatchingWindowInSeconds',
    'FunctionResponseTypes',
    'ScalingConfig',
    'BisectBatchOnFunctionError',
    'MaximumRetryAttempts',
    'MaximumRecordAgeInSeconds',
    'DestinationConfig',
    'FilterCriteria',
    'StartingPosition',
  ],
  withoutEffect: ['Tags'],
  create: (properties, logicalId, target) => {
    const arn = properties.requiredText('EventSourceArn');
    const source = arn.startsWith('arn:aws:sqs:')
      ? queueSource(properties, arn, target)
      : streamSource(properties, arn, target);
    source.isEnabled = properties.flag('Enabled') ?? true;
    const { functions, mappings } = target;
    const functionArn = functions.arn(functions.definition(properties.requiredText('FunctionName')).name);
    mappings.add({ uuid: logicalId, functionArn, eventSourceArn: arn, source });
    const remove = () => mappings.delete(logicalId);
    return { ref: logicalId, attributes: { Id: logicalId }, source, remove } satisfies Resource;
  },
};

const common = (properties: Properties) => ({
  functionName: properties.requiredText('FunctionName'),
  reportBatchItemFailures: properties.texts('FunctionResponseTypes').includes('ReportBatchItemFailures'),
  ...defined({
    batchSize: properties.number('BatchSize'),
    maximumBatchingWindow: properties.number('MaximumBatchingWindowInSeconds'),
  }),
});

const STREAM_ONLY = [
  'BisectBatchOnFunctionError',
  'MaximumRetryAttempts',
  'DestinationConfig',
  'StartingPosition',
];

function queueSource(properties: Properties, arn: string, target: TemplateTarget): QueueSource {
  const { simulation, functions, queues, region } = target;
  const other = [...STREAM_ONLY, 'FilterCriteria'].find((name) => properties.names.includes(name));
  if (other !== undefined) throw new NotImitatedError(`${other} on the event source ${arn} is not imitated`);
  const maximumConcurrency = properties.map('ScalingConfig')?.number('MaximumConcurrency');
  return new QueueSource(
    { ...common(properties), ...defined({ maximumConcurrency }) },
    { queue: queues.get(arn), simulation, functions, region },
  );
}

function streamSource(properties: Properties, arn: string, target: TemplateTarget): StreamSource {
  const { simulation, functions, queues, tables } = target;
  const stream = tables.byStreamArn(arn)?.stream;
  if (stream === undefined)
    throw new NotImitatedError(`event source ${arn} is not imitated; imitated: SQS, DynamoDB`);
  const patterns = properties.map('FilterCriteria')?.maps('Filters');
  return new StreamSource(
    {
      ...common(properties),
      bisectBatchOnFunctionError: properties.flag('BisectBatchOnFunctionError') ?? false,
      ...defined({
        maximumRetryAttempts: properties.number('MaximumRetryAttempts'),
        maximumRecordAge: properties.number('MaximumRecordAgeInSeconds'),
        onFailureQueueArn: onFailureQueue(properties.map('DestinationConfig')),
        filters: patterns?.map((filter) => JSON.parse(filter.requiredText('Pattern')) as EventPattern),
      }),
    },
    { stream, simulation, functions, queues },
  );
}

function onFailureQueue(destinations: Properties | undefined): string | undefined {
  const arn = destinations?.map('OnFailure')?.text('Destination');
  if (arn !== undefined && !arn.startsWith('arn:aws:sqs:')) {
    throw new NotImitatedError(`failure destination ${arn} is not imitated; imitated: SQS`);
  }
  return arn;
}

export const FUNCTION_RESOURCES: Readonly<Record<string, ResourceKind>> = {
  'AWS::Lambda::Function': FUNCTION,
  'AWS::Lambda::Version': VERSION,
  'AWS::Lambda::EventInvokeConfig': EVENT_INVOKE_CONFIG,
  'AWS::Lambda::EventSourceMapping': EVENT_SOURCE_MAPPING,
};
