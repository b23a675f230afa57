import {
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AccountCase } from './account.ts';
import { refused, same } from './expectations.ts';
import { accountWithStack } from './stack-account.ts';

const SIMULATE = 'IAM API reference, SimulatePrincipalPolicy';
const RESULT = 'IAM API reference, EvaluationResult';
const role = 'arn:aws:iam::123456789012:role/Role';
const queue = 'arn:aws:sqs:us-east-1:123456789012:Queue';
const otherQueue = 'arn:aws:sqs:us-east-1:123456789012:Other';

/** What the role of the twin's stack may do. */
async function simulated(
  ActionNames: string[],
  rest: Omit<Partial<SimulatePrincipalPolicyCommandInput>, 'ActionNames'> = {},
) {
  const { EvaluationResults = [] } = await accountWithStack().iam.send(
    new SimulatePrincipalPolicyCommand({ PolicySourceArn: role, ActionNames, ...rest }),
  );
  return EvaluationResults;
}

export const simulatePrincipalPolicyCases: readonly AccountCase[] = [
  {
    fact: 'What a statement allows is allowed, what none speaks of is implicitDeny, and a Deny beats every Allow.',
    source: 'IAM user guide, "Policy evaluation logic"',
    confidence: 'verified',
    public: false,
    check: async () => {
      const actions = ['sqs:SendMessage', 'sns:Publish', 'sqs:PurgeQueue'];
      const results = await simulated(actions, { ResourceArns: [queue] });
      same(
        'decisions',
        results.map(({ EvalActionName, EvalDecision }) => [EvalActionName, EvalDecision]),
        [
          ['sqs:SendMessage', 'allowed'],
          ['sns:Publish', 'implicitDeny'],
          ['sqs:PurgeQueue', 'explicitDeny'],
        ],
      );
    },
  },
  {
    fact: 'Of several resources there is one result for each action, as strict as the strictest, and in it one for each resource.',
    source: RESULT,
    confidence: 'verified',
    public: false,
    check: async () => {
      const results = await simulated(['sqs:SendMessage'], { ResourceArns: [queue, otherQueue] });
      same(
        'results',
        results.map(({ EvalDecision, ResourceSpecificResults = [] }) => [
          EvalDecision,
          ResourceSpecificResults.map((one) => [one.EvalResourceName, one.EvalResourceDecision]),
        ]),
        [
          [
            'implicitDeny',
            [
              [queue, 'allowed'],
              [otherQueue, 'implicitDeny'],
            ],
          ],
        ],
      );
    },
  },
  {
    fact: 'Without ResourceArns it is about *, which a statement on single resources does not allow.',
    source: SIMULATE,
    confidence: 'verified',
    public: false,
    check: async () => {
      const [result] = await simulated(['sqs:SendMessage']);
      same('decision', result?.EvalDecision, 'implicitDeny');
      same('results for resources', result?.ResourceSpecificResults, undefined);
    },
  },
  {
    fact: 'Keys of conditions are brought as ContextEntries; one that is not brought is named and does not hold.',
    source: RESULT,
    confidence: 'verified',
    public: false,
    check: async () => {
      const key = 'aws:ResourceTag/consent';
      const [without] = await simulated(['ec2:ModifyVolume']);
      same('without', [without?.EvalDecision, without?.MissingContextValues], ['implicitDeny', [key]]);
      const entry = { ContextKeyName: key, ContextKeyValues: ['yes'], ContextKeyType: 'string' as const };
      const [brought] = await simulated(['ec2:ModifyVolume'], { ContextEntries: [entry] });
      same('with', [brought?.EvalDecision, brought?.MissingContextValues], ['allowed', []]);
    },
  },
  {
    fact: 'A role that does not exist is NoSuchEntityException.',
    source: SIMULATE,
    confidence: 'verified',
    public: true,
    check: async ({ iam, sts, mark }) => {
      const { Account } = await sts.send(new GetCallerIdentityCommand({}));
      const PolicySourceArn = `arn:aws:iam::${Account}:role/${mark}-none`;
      const call = iam.send(
        new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ['sqs:SendMessage'] }),
      );
      await refused(call, 'NoSuchEntityException');
    },
  },
];
