import { type Answer, answersOf, type Fix, finding, nothingThere, orElse, unseen } from './answer.ts';
import type { DeploymentFacts, FunctionSight, StackPlace } from './facts.ts';
import { type FunctionName, functionNames } from './parts.ts';

type Checked = Pick<DeploymentFacts, 'stack' | 'functions'>;

/** A line to type, in the deployment's Region. */
export const aws = ({ region }: Pick<StackPlace, 'region'>, line: string): string =>
  `aws ${line} --region ${region}`;

/**
 * An ordinary deployment leaves alone what its template did not change, so it does not mend what was changed beside it; a
 * drift-aware change set does (CloudFormation API reference, CreateChangeSet, DeploymentMode REVERT_DRIFT), but of resources
 * whose drift CloudFormation sees, which those of inline policies are not.
 */
export const revertDrift = (stack: StackPlace): Fix => ({
  words:
    'bring back what the template says by a drift-aware change set: make it, then describe-change-set and execute-change-set by the same names; it also sets the kill switch to run, so stop again what is to stay stopped',
  command: aws(
    stack,
    `cloudformation create-change-set --stack-name ${stack.name} --change-set-name ebs-burst-doctor --use-previous-template --deployment-mode REVERT_DRIFT --capabilities CAPABILITY_IAM`,
  ),
});

/** Source: CloudFormation API reference, StackStatus: what ends so is as its template says. */
const settled: ReadonlySet<string> = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
]);

export function checkStack({ stack }: Pick<DeploymentFacts, 'stack'>): readonly Answer[] {
  const { name, status } = stack;
  if (settled.has(status)) return orElse([], `${name} is ${status}`);
  const words = status.endsWith('_IN_PROGRESS')
    ? 'wait until it has ended, then ask again'
    : 'its events say what failed; mend that and deploy again';
  const command = aws(stack, `cloudformation describe-stack-events --stack-name ${name}`);
  return [finding(`stack ${name}`, status, 'a stack that was deployed to its end', { words, command })];
}

/** Each function of ours on its own, and those that are not there. */
function eachFunction(
  { stack, functions }: Checked,
  judge: (one: FunctionSight, stack: StackPlace) => readonly Answer[],
  missing: (name: FunctionName) => readonly Answer[],
): readonly Answer[] {
  return answersOf('functions', functions, {
    seen: (all) =>
      functionNames.flatMap((name) => {
        const one = all.find((other) => other.name === name);
        return one === undefined ? missing(name) : judge(one, stack);
      }),
    absent: nothingThere('functions'),
  });
}

export function checkFunctions(facts: Checked): readonly Answer[] {
  const isGone = (name: FunctionName) => [
    finding(
      `function ${name}`,
      'it is not there',
      'one function for each of the six jobs',
      revertDrift(facts.stack),
    ),
  ];
  const trouble = eachFunction(facts, stateTrouble, isGone);
  return orElse(trouble, `${functionNames.length} functions, active and up to date`);
}

function stateTrouble(
  { name, physicalName, configuration }: FunctionSight,
  stack: StackPlace,
): readonly Answer[] {
  const subject = `function ${name}`;
  return answersOf(subject, configuration, {
    absent: () => [
      finding(subject, `${physicalName} is not there`, 'the function of the stack', revertDrift(stack)),
    ],
    seen: ({ state, lastUpdate, reason }) => {
      if (state === 'Active' && lastUpdate === 'Successful') return [];
      const got = `${state}, last update ${lastUpdate}${reason === undefined ? '' : ` (${reason})`}`;
      const words = 'AWS says why; mend that and deploy again';
      const command = aws(stack, `lambda get-function-configuration --function-name ${physicalName}`);
      return [finding(subject, got, 'Active, last update Successful', { words, command })];
    },
  });
}

export function checkConcurrency(facts: Checked): readonly Answer[] {
  const trouble = eachFunction(facts, throttleTrouble, () => []);
  return orElse(trouble, 'no function is held back');
}

function throttleTrouble(
  { name, physicalName, reserved }: FunctionSight,
  stack: StackPlace,
): readonly Answer[] {
  const subject = `function ${name}`;
  return answersOf(subject, reserved, {
    // Told by the check of the functions themselves.
    absent: () => [],
    seen: (concurrency) =>
      concurrency === 0
        ? [
            finding(subject, 'reserved concurrency 0: it never runs', 'none reserved, or at least 1', {
              words: 'let it run again',
              command: aws(stack, `lambda delete-function-concurrency --function-name ${physicalName}`),
            }),
          ]
        : [],
  });
}

/** What the template gives both to the stack's outputs and to the functions, so that a difference was made by hand. */
const shared: readonly (readonly [variable: string, output: string])[] = [
  ['POLICY', 'Policy'],
  ['TABLE_NAME', 'CaseTableName'],
  ['SWITCH_PARAMETER', 'SwitchParameter'],
  ['TOPIC_ARN', 'NoticeTopicArn'],
];

export function checkConfiguration(facts: DeploymentFacts): readonly Answer[] {
  const unreadable: readonly Answer[] =
    facts.policy.kind === 'unread'
      ? [
          finding('output Policy', facts.policy.why, 'the policy it decides by', {
            words: 'deploy this version of the stack; alarms and permissions cannot be checked before',
          }),
        ]
      : [];
  const trouble = [...unreadable, ...eachFunction(facts, driftOf, () => [])];
  return orElse(trouble, `the functions have what the outputs of ${facts.stack.name} say`);
}

const driftOf = ({ name, configuration }: FunctionSight, stack: StackPlace): readonly Answer[] =>
  configuration.kind === 'seen'
    ? shared.flatMap(([variable, output]) => {
        const [got, expected] = [configuration.value.environment[variable], stack.outputs[output]];
        if (got === undefined || expected === undefined || got === expected) return [];
        return [
          finding(
            `function ${name}, variable ${variable}`,
            variable === 'POLICY' ? differing(got, expected, 'got') : got,
            variable === 'POLICY' ? differing(got, expected, 'expected') : expected,
            revertDrift(stack),
          ),
        ];
      })
    : configuration.kind === 'unseen'
      ? [unseen(`function ${name}`, configuration)]
      : [];

/** The keys that differ, with the value of one side; both whole where they are no objects. */
function differing(got: string, expected: string, side: 'got' | 'expected'): string {
  const [ours, theirs] = [entriesOf(got), entriesOf(expected)];
  if (ours === undefined || theirs === undefined) return side === 'got' ? got : expected;
  const keys = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
    (key) => ours.get(key) !== theirs.get(key),
  );
  const shown = side === 'got' ? ours : theirs;
  return keys.map((key) => `${key} ${shown.get(key) ?? 'not set'}`).join(', ');
}

function entriesOf(text: string): ReadonlyMap<string, string> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    return new Map(Object.entries(parsed).map(([key, value]) => [key, JSON.stringify(value)]));
  } catch {
    return undefined;
  }
}
