import * as v from 'valibot';
import type { Policy } from '../../core/domain/policy.ts';
import { policyText } from '../../lambda/environments/policy-text.ts';
import { FileError } from '../history/atomic-file.ts';
import { readPolicyFile } from '../policy-file.ts';
import type { Paint } from '../render/paint.ts';
import { UsageError } from '../usage-error.ts';
import type { Identity } from './assess-access.ts';
import type { DeploymentAccess, DeploymentPorts, OpenDeployment } from './deployment-access.ts';
import { type DeploymentOptions, refuseBesideDemo } from './deployment-options.ts';
import { failureWords } from './failure-words.ts';

/** What a command that looks into a deployment takes from the world; a test gives its own. */
export interface DeploymentWorld {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly paint: Paint;
  /** `undefined` where nobody names a Region. */
  readonly open: (identity: Identity, region: string | undefined) => Promise<OpenDeployment | undefined>;
  /** A simulated account with the responder. */
  readonly openDemo: () => Promise<OpenDeployment>;
}

export interface Deployment extends OpenDeployment {
  readonly account: string;
  /** Its name. */
  readonly table: string;
  readonly ports: DeploymentPorts;
  /** @throws UsageError where neither stack nor file has one */
  readonly policy: () => Promise<Policy>;
  readonly switchParameter: string;
  /** A line for every item of the table that cannot be read; grows while it is read. */
  readonly unreadable: readonly string[];
}

export const defaultStack = 'EbsBurst';
/** Fixed, so that there is one per account and Region (docs/decisions/0006-kill-switch.md). */
const usualSwitch = '/ebs-burst/switch';

/** @throws UsageError where stack, table or policy are not where they were looked for */
async function deploymentOf(options: DeploymentOptions, opened: OpenDeployment): Promise<Deployment> {
  const { access } = opened;
  const name = options.stack ?? defaultStack;
  // Whoever names the table need not be allowed to describe a stack, or have one.
  const stack = options.table === undefined ? await access.stack(name) : undefined;
  const table = options.table ?? stack?.outputs['CaseTableName'];
  if (table === undefined) throw new UsageError(noTable(name, access, stack !== undefined));
  const unreadable: string[] = [];
  const policy = async () => {
    if (options.policy !== undefined) return readPolicyFile(options.policy);
    return policyIn((stack ?? (await access.stack(name)))?.outputs['Policy'], name);
  };
  return {
    ...opened,
    account: stack?.account ?? (await accountOf(access)),
    table,
    // Whoever reads again and again meets the same item again.
    ports: access.ports(
      table,
      ({ message }) => void (unreadable.includes(message) || unreadable.push(message)),
    ),
    policy,
    switchParameter: stack?.outputs['SwitchParameter'] ?? usualSwitch,
    unreadable,
  };
}

/** For titles only: what keeps STS from telling does not keep a table from being read. */
const accountOf = (access: DeploymentAccess): Promise<string> =>
  access.account().catch(() => 'unknown account');

const noTable = (stack: string, { region }: DeploymentAccess, isThere: boolean): string =>
  isThere
    ? `stack ${stack} in ${region} has no output CaseTableName, expected the responder's; name another with --stack, or its table with --table`
    : `there is no stack ${stack} in ${region}, expected the responder's; name it with --stack, another Region with --region, or its table with --table`;

function policyIn(text: string | undefined, stack: string): Policy {
  const { success, output, issues } = v.safeParse(policyText, text);
  if (success) return output;
  const got =
    text === undefined ? 'no output Policy' : `an output Policy we cannot read (${issues[0].message})`;
  throw new UsageError(
    `stack ${stack} has ${got}; deploy this version of it, or name its policy with --policy FILE`,
  );
}

/**
 * Runs a command on the deployment that the options name, and says what AWS or a person got wrong.
 * @returns the exit code: what `command` says, 1 where AWS did not answer or an item cannot be read, 2 for wrong options
 */
export async function onDeployment(
  options: DeploymentOptions,
  world: DeploymentWorld,
  command: (deployment: Deployment) => Promise<number>,
): Promise<number> {
  refuseBesideDemo(options);
  const opened = await openedBy(options, world);
  try {
    const deployment = await deploymentOf(options, opened);
    const code = await command(deployment);
    for (const line of deployment.unreadable) world.error(`missing: ${line}\n`);
    return deployment.unreadable.length === 0 ? code : 1;
  } catch (error) {
    if (error instanceof UsageError || error instanceof FileError) throw error;
    world.error(`${wordsFor(error, opened.access, options)}\n`);
    return 1;
  }
}

function wordsFor(error: unknown, access: DeploymentAccess, { profile }: DeploymentOptions): string {
  const failure = access.explain(error, 'a read');
  return failure.kind === 'denied'
    ? `no permission in ${access.region} (${failure.said}); --help lists what this reads`
    : failureWords(failure, access.region, profile);
}

async function openedBy(options: DeploymentOptions, world: DeploymentWorld): Promise<OpenDeployment> {
  return options.demo ? world.openDemo() : openedAs(options, world.open);
}

/** @throws UsageError where nobody names a Region */
export async function openedAs<Opened>(
  { profile, 'role-arn': roleArn, region }: Pick<DeploymentOptions, 'profile' | 'role-arn' | 'region'>,
  open: (identity: Identity, region: string | undefined) => Promise<Opened | undefined>,
): Promise<Opened> {
  const opened = await open({ profile, roleArn }, region);
  if (opened !== undefined) return opened;
  throw new UsageError(
    '--region: got none, and neither profile nor AWS_REGION names one; expected e.g. --region us-east-1',
  );
}

/** @returns what `run` does, or 2 after saying what is wrong with an option or a file */
export async function withUsage(
  world: Pick<DeploymentWorld, 'error'>,
  run: () => Promise<number>,
): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof FileError)) throw error;
    world.error(`${error.message}\n`);
    return 2;
  }
}
