import { longOverdue } from '../../domain/doctoring/check-memory.ts';
import type { Fact } from '../../domain/doctoring/fact.ts';
import { mapFact, seen } from '../../domain/doctoring/fact.ts';
import type {
  DeploymentFacts,
  FunctionSight,
  Mapping,
  PartSight,
  StackPlace,
} from '../../domain/doctoring/facts.ts';
import {
  deadLetterQueues,
  functionNames,
  functionPart,
  ofType,
  type Part,
} from '../../domain/doctoring/parts.ts';
import type { SlackSight } from '../../domain/doctoring/slack-sight.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Reading } from '../../domain/reading.ts';
import { before } from '../../domain/units.ts';
import { askRoles } from './ask-roles.ts';
import type { DoctorPorts } from './doctor-ports.ts';

/** Sees everything that the checks look at, each thing once; changes nothing. */
export async function examine(
  stack: StackPlace,
  policy: Reading<Policy>,
  ports: DoctorPorts,
): Promise<DeploymentFacts> {
  const now = ports.clock.now();
  const parts = await ports.parts(stack.name);
  const [functions, mappings, rules, deadLetters, memory, channels, volumes, alarms] = await Promise.all([
    seeFunctions(parts, ports),
    eachPart(parts, mappingsIn, ({ physicalId }) => ports.mapping(physicalId)),
    eachPart(parts, rulesIn, ({ physicalId }) => ports.ruleState(physicalId)),
    eachPart(parts, deadLetterQueues, ({ physicalId }) => ports.waitingIn(physicalId)),
    seeMemory(stack, now, ports),
    seeChannels(stack, ports),
    ports.volumes(),
    ports.alarms(stack),
  ]);
  const [slack, rulings, quotas] = await Promise.all([
    seeSlack(functions, ports),
    askRoles({ stack, policy, parts, functions, stream: streamIn(mappings) }, ports),
    volumes.kind === 'seen' ? ports.quotas(volumes.value) : volumes,
  ]);
  const seenNow = { functions, mappings, rules, deadLetters, volumes, alarms, slack, rulings, quotas };
  return { now, stack, policy, ...seenNow, ...memory, ...channels };
}

const mappingsIn = (parts: readonly Part[]) => ofType(parts, 'AWS::Lambda::EventSourceMapping');
const rulesIn = (parts: readonly Part[]) => ofType(parts, 'AWS::Events::Rule');

async function eachPart<Value>(
  parts: Fact<readonly Part[]>,
  select: (parts: readonly Part[]) => readonly Part[],
  see: (part: Part) => Promise<Fact<Value>>,
): Promise<Fact<readonly PartSight<Value>[]>> {
  if (parts.kind !== 'seen') return parts;
  return seen(await Promise.all(select(parts.value).map(async (part) => ({ part, sight: await see(part) }))));
}

async function seeFunctions(
  parts: Fact<readonly Part[]>,
  ports: DoctorPorts,
): Promise<Fact<readonly FunctionSight[]>> {
  if (parts.kind !== 'seen') return parts;
  const found = functionNames.flatMap((name) => {
    const part = functionPart(parts.value, name);
    return part === undefined ? [] : [{ name, physicalName: part.physicalId }];
  });
  const see = async ({ name, physicalName }: Pick<FunctionSight, 'name' | 'physicalName'>) => {
    const [configuration, reserved] = await Promise.all([
      ports.functionConfiguration(physicalName),
      ports.reservedConcurrency(physicalName),
    ]);
    return { name, physicalName, configuration, reserved };
  };
  return seen(await Promise.all(found.map(see)));
}

async function seeMemory({ outputs }: StackPlace, now: DeploymentFacts['now'], ports: DoctorPorts) {
  const name = outputs['CaseTableName'];
  const absent = { kind: 'absent' } as const;
  if (name === undefined)
    return { hasGenesis: absent, census: absent, overdue: absent, stuckNotices: absent };
  const table = ports.table(name);
  const [hasGenesis, census, overdue, stuckNotices] = await Promise.all([
    table.hasGenesis(),
    table.census(),
    table.due(before(now, longOverdue)),
    table.stuckNotices(now),
  ]);
  return { hasGenesis, census, overdue, stuckNotices };
}

async function seeChannels({ outputs }: StackPlace, ports: DoctorPorts) {
  const { NoticeTopicArn: topic, SwitchParameter: parameter } = outputs;
  const absent = { kind: 'absent' } as const;
  const [subscriptions, killSwitch] = await Promise.all([
    topic === undefined ? absent : ports.subscriptions(topic),
    parameter === undefined ? absent : ports.parameter(parameter),
  ]);
  return { subscriptions, killSwitch };
}

async function seeSlack(
  functions: Fact<readonly FunctionSight[]>,
  ports: DoctorPorts,
): Promise<Fact<SlackSight>> {
  if (functions.kind !== 'seen') return functions;
  const deliverer = functions.value.find(({ name }) => name === 'deliver-notice');
  if (deliverer === undefined) return { kind: 'absent' };
  const { configuration } = deliverer;
  return configuration.kind === 'seen'
    ? seen(await ports.slack(configuration.value.environment))
    : mapFact(configuration, (): SlackSight => ({ kind: 'none' }));
}

const streamIn = (mappings: Fact<readonly PartSight<Mapping>[]>): string | undefined =>
  mappings.kind === 'seen'
    ? mappings.value
        .flatMap(({ sight }) => (sight.kind === 'seen' ? sight.value.source : []))
        .find((source) => source.includes(':dynamodb:'))
    : undefined;
