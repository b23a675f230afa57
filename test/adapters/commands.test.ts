import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** What only the command line reads, with the permissions of whoever types it. */
const ofPeople = [
  'lambda/adapters/caller.ts',
  'lambda/adapters/doctor/',
  'lambda/adapters/parameter-reading.ts',
  'lambda/adapters/regions.ts',
  'lambda/adapters/role-credentials.ts',
  'lambda/adapters/stack-outputs.ts',
];
const isOfPeople = (file: string): boolean => ofPeople.some((start) => file.startsWith(start));

/** Every AWS command and paginator that these files of lambda/ import, and the files that do. */
function commandsOf(isMeant: (file: string) => boolean = () => true): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const file of globSync('lambda/**/*.ts', { cwd: root }).filter(isMeant).toSorted()) {
    const source = readFileSync(join(root, file), 'utf8');
    for (const [, names = ''] of source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-[^']+'/g)) {
      for (const [name] of names.matchAll(/\b(\w+Command|paginate\w+)\b/g)) {
        found.set(name, [...(found.get(name) ?? []), file]);
      }
    }
  }
  return found;
}

/** What we can ask AWS for, all of it; a new name here needs a permission in lib/permissions.ts and a reason. */
test('lambda/ imports these commands and no others', () => {
  expect([...commandsOf((file) => !isOfPeople(file)).keys()].toSorted()).toEqual([
    'BatchGetItemCommand',
    'CreateTagsCommand',
    'DeleteAlarmsCommand',
    'DeleteTagsCommand',
    'DescribeStacksCommand',
    'DescribeVolumeStatusCommand',
    'DescribeVolumesCommand',
    'GetItemCommand',
    'GetParameterCommand',
    'ModifyVolumeCommand',
    'PublishCommand',
    'PutItemCommand',
    'PutMetricAlarmCommand',
    'SendMessageBatchCommand',
    'TransactWriteItemsCommand',
    'UpdateItemCommand',
    'paginateDescribeAlarms',
    'paginateDescribeVolumes',
    'paginateDescribeVolumesModifications',
    'paginateGetMetricData',
    'paginateListServiceQuotas',
    'paginateQuery',
    'paginateScan',
  ]);
});

/** All of them reads, but for taking on a role. */
test('for people it imports these, and no others', () => {
  expect([...commandsOf(isOfPeople).keys()].toSorted()).toEqual([
    'AssumeRoleCommand',
    'DescribeRegionsCommand',
    'DescribeRuleCommand',
    'DescribeStacksCommand',
    'GetCallerIdentityCommand',
    'GetEventSourceMappingCommand',
    'GetFunctionConcurrencyCommand',
    'GetFunctionConfigurationCommand',
    'GetParameterCommand',
    'GetQueueAttributesCommand',
    'paginateListStackResources',
    'paginateListSubscriptionsByTopic',
    'paginateSimulatePrincipalPolicy',
  ]);
});

test('only the audit, which the command line reads and no function, scans a table', () => {
  expect(commandsOf().get('paginateScan')).toEqual(['lambda/adapters/dynamo-audit-trail.ts']);
  const importing = globSync('lambda/{handlers,wiring}/**/*.ts', { cwd: root }).filter((file) =>
    readFileSync(join(root, file), 'utf8').includes('dynamo-audit-trail.ts'),
  );
  expect(importing).toEqual([]);
});

test('what a person is and may take on, only the command line asks', () => {
  const importing = globSync('lambda/{handlers,wiring}/**/*.ts', { cwd: root }).filter((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    return ofPeople.some((path) => source.includes(path.replace('lambda/', '')));
  });
  expect(importing).toEqual([]);
});

test('the command line makes clients and sends nothing itself', () => {
  const files = globSync('cli/**/*.ts', { cwd: root });
  const sending = files.filter((file) =>
    /import \{[^}]*\b(?!type\b)(\w+Command|paginate\w+)\b[^}]*\} from '@aws-sdk/.test(
      readFileSync(join(root, file), 'utf8'),
    ),
  );
  expect(files.length).toBeGreaterThan(0);
  expect(sending).toEqual([]);
});

test('exactly one file imports ModifyVolume', () => {
  expect(commandsOf().get('ModifyVolumeCommand')).toEqual(['lambda/adapters/ec2-volume-modifier.ts']);
});

test('no file imports an aggregated client, which carries every command of its service', () => {
  const aggregated =
    /import \{[^}]*\b(EC2|CloudWatch|DynamoDB|SNS|SQS|SSM|CloudFormation|ServiceQuotas)\b[^}]*\} from '@aws-sdk/;
  const importing = globSync('lambda/**/*.ts', { cwd: root }).filter((file) =>
    aggregated.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(importing).toEqual([]);
});
