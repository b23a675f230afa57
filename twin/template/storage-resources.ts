import type { IndexDefinition, KeyAttribute, KeySchema, StreamView } from '../dynamodb/table-definition.ts';
import { NotImitatedError } from '../service-error.ts';
import type { ParameterType } from '../ssm.ts';
import { defined, type Properties, type ResourceKind } from './resource-kind.ts';

const TABLE: ResourceKind = {
  properties: [
    'TableName',
    'KeySchema',
    'AttributeDefinitions',
    'GlobalSecondaryIndexes',
    'StreamSpecification',
    'TimeToLiveSpecification',
    'Replicas',
  ],
  withoutEffect: [
    'BillingMode',
    'ContributorInsightsSpecification',
    'DeletionProtectionEnabled',
    'PointInTimeRecoverySpecification',
    'SSESpecification',
    'Tags',
    'OnDemandThroughput',
    'WriteOnDemandThroughputSettings',
  ],
  create: (properties, logicalId, { tables }) => {
    if (properties.maps('Replicas').length > 1)
      throw new NotImitatedError(`${logicalId}: replicas are not imitated`);
    const name = properties.text('TableName') ?? logicalId;
    const types = new Map(
      properties
        .maps('AttributeDefinitions')
        .map((each) => [
          each.requiredText('AttributeName'),
          each.requiredText('AttributeType') as KeyAttribute['type'],
        ]),
    );
    const expiry = properties.map('TimeToLiveSpecification');
    const table = tables.create({
      name,
      keys: keySchema(properties, types),
      indexes: properties.maps('GlobalSecondaryIndexes').map((index) => indexDefinition(index, types)),
      ...defined({
        stream: properties.map('StreamSpecification')?.text('StreamViewType') as StreamView | undefined,
        timeToLiveAttribute: expiry?.flag('Enabled') ? expiry.text('AttributeName') : undefined,
      }),
    });
    return {
      ref: name,
      attributes: { Arn: table.arn, ...(table.stream && { StreamArn: table.stream.arn }) },
      remove: () => tables.delete(name),
    };
  },
};

type Types = ReadonlyMap<string, KeyAttribute['type']>;

function keySchema(properties: Properties, types: Types): KeySchema {
  const key = (role: string): KeyAttribute | undefined => {
    const name = properties
      .maps('KeySchema')
      .find((each) => each.text('KeyType') === role)
      ?.requiredText('AttributeName');
    const type = types.get(name ?? '');
    return name === undefined || type === undefined ? undefined : { name, type };
  };
  const [partition, sort] = [key('HASH'), key('RANGE')];
  if (partition === undefined)
    throw new NotImitatedError('a table or index without a defined HASH key is not imitated');
  return { partition, ...(sort !== undefined && { sort }) };
}

function indexDefinition(index: Properties, types: Types): IndexDefinition {
  index.assertOnly(['IndexName', 'KeySchema', 'Projection'], ['ContributorInsightsSpecification']);
  const projection = index.map('Projection')?.text('ProjectionType');
  if (projection !== 'ALL' && projection !== 'KEYS_ONLY') {
    throw new NotImitatedError(`index projection ${projection} is not imitated; imitated: ALL, KEYS_ONLY`);
  }
  return { name: index.requiredText('IndexName'), keys: keySchema(index, types), projection };
}

const PARAMETER: ResourceKind = {
  properties: ['Name', 'Type', 'Value'],
  withoutEffect: ['Description', 'Tags', 'Tier', 'AllowedPattern'],
  create: (properties, logicalId, { parameters }) => {
    const name = properties.text('Name') ?? logicalId;
    const type = properties.requiredText('Type');
    const value = properties.requiredText('Value');
    parameters.create(name, value, type as ParameterType);
    return { ref: name, attributes: { Type: type, Value: value }, remove: () => parameters.delete(name) };
  },
};

export const STORAGE_RESOURCES: Readonly<Record<string, ResourceKind>> = {
  'AWS::DynamoDB::Table': TABLE,
  'AWS::DynamoDB::GlobalTable': TABLE,
  'AWS::SSM::Parameter': PARAMETER,
};
