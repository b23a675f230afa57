import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import type { AccountCase } from './account.ts';
import { holds, refusedAsInvalid, same } from './expectations.ts';
import { accountWithStack } from './stack-account.ts';

const LIST = 'CloudFormation API reference, ListStackResources';

export const listStackResourcesCases: readonly AccountCase[] = [
  {
    fact: 'Every resource of the stack is listed with its logical id, its type and its physical id.',
    source: LIST,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { cloudFormation, resources, twin } = accountWithStack();
      const { StackResourceSummaries = [] } = await cloudFormation.send(
        new ListStackResourcesCommand({ StackName: 'Own' }),
      );
      const told = StackResourceSummaries.map(({ LogicalResourceId }) => LogicalResourceId);
      same('logical ids', told.toSorted(), [...resources].toSorted());
      const queue = StackResourceSummaries.find(({ ResourceType }) => ResourceType === 'AWS::SQS::Queue');
      same('queue', twin.queues.get(queue?.PhysicalResourceId ?? '').url, queue?.PhysicalResourceId);
    },
  },
  {
    fact: 'It takes the id of the stack as well as its name.',
    source: LIST,
    confidence: 'verified',
    public: false,
    check: async () => {
      const { cloudFormation, resources, twin } = accountWithStack();
      const { StackResourceSummaries = [] } = await cloudFormation.send(
        new ListStackResourcesCommand({ StackName: twin.ebs.stacks.describe('Own').id }),
      );
      same('count', StackResourceSummaries.length, resources.length);
    },
  },
  {
    fact: 'A longer list comes in pages, and the pages together have every resource once.',
    source: `${LIST}; 100 a page is from memory`,
    confidence: 'from memory',
    public: false,
    check: async () => {
      const { cloudFormation, twin } = accountWithStack();
      const members = Array.from({ length: 150 }, (_, index) => ({
        logicalId: `Rule${index}`,
        type: 'AWS::Events::Rule',
        physicalId: `rule-${index}`,
      }));
      twin.ebs.stacks.setMembers('Own', members);
      const ask = (NextToken?: string) =>
        cloudFormation.send(new ListStackResourcesCommand({ StackName: 'Own', NextToken }));
      const first = await ask();
      const second = await ask(first.NextToken);
      holds('there is a second page and no third', first.NextToken !== undefined && !second.NextToken);
      const told = [first, second].flatMap(({ StackResourceSummaries = [] }) => StackResourceSummaries);
      same('count', new Set(told.map(({ LogicalResourceId }) => LogicalResourceId)).size, 150);
    },
  },
  {
    fact: 'A stack that does not exist is ValidationError.',
    source: 'cloudquery/cq-provider-aws issue 824',
    confidence: 'secondary',
    public: true,
    check: ({ cloudFormation, mark }) =>
      refusedAsInvalid(
        'a stack that there is not',
        cloudFormation.send(new ListStackResourcesCommand({ StackName: `${mark}-none` })),
      ),
  },
];
