import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Every AWS command and paginator that lambda/ imports, and the files that do. */
function commandsOf(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const file of globSync('lambda/**/*.ts', { cwd: root }).toSorted()) {
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
  expect([...commandsOf().keys()].toSorted()).toEqual([
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

test('only the audit, which the command line reads and no function, scans a table', () => {
  expect(commandsOf().get('paginateScan')).toEqual(['lambda/adapters/dynamo-audit-trail.ts']);
  const importing = globSync('lambda/{handlers,wiring}/**/*.ts', { cwd: root }).filter((file) =>
    readFileSync(join(root, file), 'utf8').includes('dynamo-audit-trail.ts'),
  );
  expect(importing).toEqual([]);
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
