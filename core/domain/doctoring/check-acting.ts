import { type Answer, answersOf, type Fix, finding, ok, orElse, unknown } from './answer.ts';
import { aws, revertDrift } from './check-functions.ts';
import type { DeploymentFacts, Ruled, StackPlace } from './facts.ts';
import type { FunctionName } from './parts.ts';
import type { PermissionQuestion, Ruling } from './permission-questions.ts';

export function checkSwitch({ stack, policy, killSwitch }: DeploymentFacts): readonly Answer[] {
  const parameter = stack.outputs['SwitchParameter'] ?? 'named by no output SwitchParameter';
  const mayAct = policy.kind === 'unread' || policy.value.mode === 'act';
  return answersOf(`parameter ${parameter}`, killSwitch, {
    absent: () => [
      finding(`parameter ${parameter}`, 'it is not there, which stops all modifications', 'run', {
        words: 'make it again when we may act',
        command: aws(stack, `ssm put-parameter --type String --name ${parameter} --value run`),
      }),
    ],
    seen: (value) => {
      if (value === 'run') return [ok(`${parameter} says run`)];
      if (!mayAct) return [ok(`${parameter} says "${value}"; this mode modifies nothing anyway`)];
      return [
        finding(`parameter ${parameter}`, `"${value}": nothing is modified`, 'run', {
          words: 'set it to run when we may act again',
          command: aws(stack, `ssm put-parameter --overwrite --name ${parameter} --value run`),
        }),
      ];
    },
  });
}

/** What a simulation cannot show; said wherever its answer is. */
export const notProved =
  "IAM's simulation reads each role's own policies, its boundary and the SCPs it knows. It does not read key policies " +
  '(KMS), queue and topic policies, resource control policies or endpoint policies, and live requests may differ.';

export const checkPermissions = ({
  stack,
  policy,
  rulings,
  functions,
}: DeploymentFacts): readonly Answer[] =>
  policy.kind === 'unread'
    ? [unknown('roles', 'the policy is not known; see configuration')]
    : answersOf('roles', rulings, {
        absent: () => [unknown('roles', 'no function of the stack has one; see functions')],
        seen: (all) => {
          const allowed = all.filter(({ question }) => question.expected === 'allowed').length;
          const saw = `${allowed} needs allowed, ${all.length - allowed} dangers denied, by simulation`;
          return orElse(
            oncePerRole(
              all.flatMap((each) => ruledAnswers(each, stack, roleName(functions, each.question.of))),
            ),
            saw,
          );
        },
      });

function roleName(functions: DeploymentFacts['functions'], of: FunctionName): string | undefined {
  const one = functions.kind === 'seen' ? functions.value.find(({ name }) => name === of) : undefined;
  return one?.configuration.kind === 'seen' ? one.configuration.value.role?.split('/').at(-1) : undefined;
}

function ruledAnswers(
  { question, ruling }: Ruled,
  stack: StackPlace,
  role: string | undefined,
): readonly Answer[] {
  const subject = `role of ${question.of}`;
  return answersOf(subject, ruling, {
    absent: () => [finding(subject, 'it is not there', 'the role of the stack', revertDrift(stack))],
    seen: (rulings) => rulings.flatMap((each) => trouble(subject, question, each, changesOf(stack, role))),
  });
}

/** A role that cannot be asked about is said once, not for each question. */
const oncePerRole = (answers: readonly Answer[]): readonly Answer[] => [
  ...new Map(answers.map((answer) => [JSON.stringify(answer), answer])).values(),
];

const deniers = {
  organization: ' by a service control policy',
  boundary: ' by its permissions boundary',
} as const;

/** Keys of our own policies, which a question brings where they matter; IAM may list them for any other. */
const isOurs = (key: string): boolean =>
  /^(aws:(TagKeys|RequestedRegion|ResourceTag\/.*)|kms:.*)$/i.test(key);

function trouble(
  subject: string,
  { expected, resource, about }: PermissionQuestion,
  { action, decision, by, missing }: Ruling,
  changes: Pick<Fix, 'command'>,
): readonly Answer[] {
  if (decision === expected) return [];
  const on = `${action} on ${about ?? resource}`;
  // Denied, but by a condition on something the question does not bring, which a real call may.
  const others = missing.filter((key) => !isOurs(key));
  if (decision === 'denied' && by === undefined && others.length > 0)
    return [unknown(subject, `${on} depends on ${others.join(', ')}, which a simulation does not know`)];
  const got = `${on} is ${decision}${by === undefined ? '' : deniers[by]}`;
  return [finding(subject, got, expected, fixOf(expected, by, changes))];
}

/**
 * Who changed a role. IAM's events are told in us-east-1 (IAM user guide, Logging with CloudTrail); where they are in other
 * partitions we do not know.
 */
const changesOf = ({ id }: StackPlace, role: string | undefined): Pick<Fix, 'command'> =>
  role === undefined || !id.startsWith('arn:aws:')
    ? {}
    : {
        command: aws(
          { region: 'us-east-1' },
          `cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=${role}`,
        ),
      };

/**
 * No deployment and no drift-aware change set brings back what somebody took off: AWS::IAM::Policy does not support drift
 * detection (CloudFormation template reference, AWS::IAM::Policy).
 */
function fixOf(
  expected: PermissionQuestion['expected'],
  by: Ruling['by'],
  changes: Pick<Fix, 'command'>,
): Fix {
  if (expected === 'denied')
    return {
      words:
        'somebody widened the role: take the policy that allows it off again; CloudTrail says who did what',
      ...changes,
    };
  if (by === undefined)
    return {
      words:
        'deploy this version, if the stack is older. What somebody took off by hand no deployment brings back, as CloudFormation sees no drift in inline policies: undo what CloudTrail shows',
      ...changes,
    };
  return { words: 'ask whoever keeps that policy for an exception for this role' };
}
