import { type Fact, seen } from '../../domain/doctoring/fact.ts';
import type { FunctionSight, Ruled, StackPlace } from '../../domain/doctoring/facts.ts';
import { failuresOf, functionNames, isWorkQueue, type Part } from '../../domain/doctoring/parts.ts';
import { permissionQuestions, type QuestionPlace } from '../../domain/doctoring/permission-questions.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Reading } from '../../domain/reading.ts';
import type { DoctorPorts } from './doctor-ports.ts';

interface Known {
  readonly stack: StackPlace;
  readonly policy: Reading<Policy>;
  readonly parts: Fact<readonly Part[]>;
  readonly functions: Fact<readonly FunctionSight[]>;
  readonly stream: string | undefined;
}

/**
 * What each function's role may and may not do, by IAM's simulation: a dry run with the caller's own rights would say
 * nothing of the function's. Roles at once, the questions of one after another, as IAM's rate is the account's.
 */
export async function askRoles(
  known: Known,
  ports: Pick<DoctorPorts, 'simulate'>,
): Promise<Fact<readonly Ruled[]>> {
  const { policy, parts, functions } = known;
  if (functions.kind !== 'seen') return functions;
  if (parts.kind !== 'seen') return parts;
  if (policy.kind === 'unread') return seen([]);
  const questions = permissionQuestions(placeOf(known, parts.value, functions.value), policy.value);
  const asked = await Promise.all(
    functions.value.map(async ({ name, configuration }) => {
      const role = configuration.kind === 'seen' ? configuration.value.role : undefined;
      const rulings: Ruled[] = [];
      // A function that cannot be seen is told by its own check.
      if (role === undefined) return rulings;
      for (const question of questions.filter(({ of }) => of === name)) {
        const ruling = await ports.simulate(role, question);
        rulings.push({ question, ruling });
        // The same permission is missing for every other question.
        if (ruling.kind !== 'seen') break;
      }
      return rulings;
    }),
  );
  const all = asked.flat();
  return all.length === 0 ? { kind: 'absent' } : seen(all);
}

function placeOf(
  { stack, stream }: Known,
  parts: readonly Part[],
  functions: readonly FunctionSight[],
): QuestionPlace {
  const [, partition = 'aws'] = stack.id.split(':');
  const { account, region, outputs } = stack;
  const queueArn = (queue: Part | undefined): string | undefined =>
    queue && `arn:${partition}:sqs:${region}:${account}:${queue.physicalId.split('/').at(-1)}`;
  const failures = functionNames.flatMap((name) => {
    const arn = queueArn(failuresOf(parts, name));
    return arn === undefined ? [] : [[name, arn] as const];
  });
  return {
    partition,
    account,
    region,
    table: outputs['CaseTableName'],
    stream,
    workQueue: queueArn(parts.find(isWorkQueue)),
    failures: Object.fromEntries(failures),
    topic: outputs['NoticeTopicArn'],
    switchParameter: outputs['SwitchParameter'],
    slackParameter: slackParameterIn(functions),
  };
}

function slackParameterIn(functions: readonly FunctionSight[]): string | undefined {
  const deliverer = functions.find(({ name }) => name === 'deliver-notice');
  if (deliverer?.configuration.kind !== 'seen') return undefined;
  const { SLACK_TOKEN_PARAMETER: token, SLACK_WEBHOOK_PARAMETER: webhook } =
    deliverer.configuration.value.environment;
  return token ?? webhook;
}
