import { expect, test } from 'vitest';
import { notAsSynthesized, resourcesOf } from '../../../scripts/ministack/reported-resources.ts';

const expected = resourcesOf({
  Resources: {
    Work: { Type: 'AWS::SQS::Queue' },
    Poll: { Type: 'AWS::Lambda::EventSourceMapping' },
    CDKMetadata: { Type: 'AWS::CDK::Metadata' },
  },
});

const reported = (LogicalResourceId: string, ResourceType: string, ResourceStatus = 'CREATE_COMPLETE') => ({
  LogicalResourceId,
  ResourceType,
  ResourceStatus,
});
const work = reported('Work', 'AWS::SQS::Queue');
const poll = reported('Poll', 'AWS::Lambda::EventSourceMapping');

test('a stack that reports each resource of the template, by id and type, is as synthesized', () => {
  expect(notAsSynthesized(expected, [poll, work])).toEqual([]);
});

test.each([
  [[work], 'Poll (AWS::Lambda::EventSourceMapping) is not reported'],
  [
    [work, reported('Poll', 'AWS::Pipes::Pipe')],
    'Poll is reported as AWS::Pipes::Pipe, expected AWS::Lambda::EventSourceMapping',
  ],
  [[poll, reported('Work', 'AWS::SQS::Queue', 'CREATE_FAILED')], 'Work (AWS::SQS::Queue) is CREATE_FAILED'],
  [[work, poll, reported('Other', 'AWS::SQS::Queue')], 'Other is reported and not in the template'],
])('it is not when it reports %j', (resources, line) => {
  expect(notAsSynthesized(expected, resources)).toEqual([line]);
});
