import { createHash } from 'node:crypto';
import { instant } from '../../core/domain/units.ts';
import { cleanUp } from '../../lambda/handlers/clean-up.ts';
import { deliverNotice } from '../../lambda/handlers/deliver-notice.ts';
import { keepAlarms } from '../../lambda/handlers/keep-alarms.ts';
import { profileDemand } from '../../lambda/handlers/profile-demand.ts';
import { respond } from '../../lambda/handlers/respond.ts';
import { sweep } from '../../lambda/handlers/sweep.ts';
import type { Runtime } from '../../lambda/wiring/runtime.ts';
import type { Account } from '../../twin/account.ts';
import type { Implementation } from '../../twin/lambda/function-definition.ts';
import type { Template } from '../../twin/template/load-template.ts';
import type { LoadedStack } from '../../twin/template/loaded-stack.ts';
import { STACK_NAME } from './synthesize.ts';

type Build = (runtime: Runtime) => (event: never) => Promise<unknown>;

/** The production handlers by the end of their construct path; what a person reads as the Lambda's name is the key. */
const HANDLERS: Readonly<Record<string, { readonly path: string; readonly build: Build }>> = {
  respond: { path: 'Responder/Respond/Function', build: respond },
  'keep-alarms': { path: 'AlarmKeeper/KeepAlarms/Function', build: keepAlarms },
  sweep: { path: 'Sweep/Sweep/Function', build: sweep },
  'profile-demand': { path: 'DemandProfiler/ProfileDemand/Function', build: profileDemand },
  'deliver-notice': { path: 'Notices/DeliverNotice/Function', build: deliverNotice },
  'clean-up': { path: 'CleanUp/CleanUp/Function', build: cleanUp },
};

export interface Deployed {
  readonly stack: LoadedStack;
  /** Names of our Lambdas as people say them, by the name of the function in the account. */
  readonly lambdaNames: ReadonlyMap<string, string>;
}

/** What a Lambda takes for the time, in ms since the epoch. */
export type Clock = () => number;

/** What a Lambda runs, by the end of its construct path and its name in the account. */
export type CodeOf = (path: string, functionName: string) => Implementation;

/** The production handlers in this process, each with the clock that it takes for the time. */
export const handlersInProcess =
  (account: Account, clockOf: (functionName: string) => Clock = () => () => account.simulation.now): CodeOf =>
  (path, functionName) => {
    const handler = Object.values(HANDLERS).find((one) => one.path === path);
    if (handler === undefined) throw new Error(`no handler belongs to ${path}`);
    const newId = identifiers(account, functionName);
    const runtime = runtimeOf(account, functionName, clockOf(functionName));
    return (environment) => handler.build({ ...runtime, environment, newId });
  };

/**
 * `cdk deploy` into the simulated account: resources from the template, the functions' code with the environment that the
 * template gives them, then the custom resources in order, as CloudFormation runs them.
 */
export async function deploy(
  account: Account,
  template: Template,
  codeOf: CodeOf = handlersInProcess(account),
): Promise<Deployed> {
  const stack = account.loadTemplate(template, STACK_NAME);
  const lambdaNames = new Map<string, string>();
  for (const [name, { path }] of Object.entries(HANDLERS)) {
    const functionName = stack.physicalName(path);
    lambdaNames.set(functionName, name);
    account.functions.implement(functionName, codeOf(path, functionName));
  }
  for (const resource of stack.customResources) {
    const handler = resource.properties['HandlerArn'];
    // CDK's Trigger is a function that invokes another one; only that invocation matters.
    if (resource.type === 'Custom::Trigger') account.invocations.accept(functionOf(handler), {});
    else stack.conversation.request(resource, 'Create');
    await account.simulation.runFor(5_000);
  }
  return { stack, lambdaNames };
}

/** From a version's ARN to its function. */
const functionOf = (versionArn: unknown): string => String(versionArn).replace(/:\d+$/, '');

const runtimeOf = (
  account: Account,
  functionName: string,
  clock: Clock,
): Omit<Runtime, 'environment' | 'newId'> => ({
  connect: (kind) => account.connected(kind, functionName),
  fetch: account.fetch,
  now: () => instant(clock()),
  sleep: (milliseconds) => account.functions.sleep(milliseconds),
});

/** Shared by all execution environments of a function: two that start in the same millisecond must not agree. */
function identifiers(account: Account, functionName: string): () => string {
  let ids = 0;
  return () => {
    ids += 1;
    return identifier(`${functionName} ${account.simulation.now} ${ids}`);
  };
}

/** Like a UUID, but the same in every run. */
function identifier(text: string): string {
  const digits = createHash('sha256').update(text).digest('hex');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}
