import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { planAlarms } from '../../core/domain/credits/alarm-plan.ts';
import { usEast1Prices } from '../../core/domain/prices.ts';
import { instant } from '../../core/domain/units.ts';
import type { Volume } from '../../core/domain/volume.ts';
import { accessFailureOf } from '../../lambda/adapters/access-failure.ts';
import { codeOf, messageOf } from '../../lambda/adapters/aws-errors.ts';
import { callerOf } from '../../lambda/adapters/caller.ts';
import { ec2VolumeCatalog } from '../../lambda/adapters/ec2-volume-catalog.ts';
import { completePolicy } from '../../lambda/environments/policy-props.ts';
import { type CleanedUp, cleanUp } from './clean-up.ts';
import { type CostLine, costText, estimate, mostHours, totalOf } from './estimate.ts';
import { experiment, propsOf } from './experiment.ts';
import { standingStack } from './leftovers.ts';
import { nameOf, runTagKey, type Site, stackName } from './names.ts';
import { asJson, asMarkdown } from './report.ts';
import { Sightings } from './sightings.ts';
import type { SmokeOptions } from './smoke-options.ts';
import type { World } from './world.ts';

export type ExitCode = 0 | 1 | 2;

/** Why nothing was made. */
interface Refused {
  readonly refused: string;
}

export async function smoke(options: SmokeOptions, world: World, version: string): Promise<ExitCode> {
  const site: Site = { account: options.account, region: options.region, profile: options.profile };
  const fault = await wrongAccount(world, site);
  if (fault !== undefined) return refuse(world, fault);
  if (options.cleanUpOnly !== undefined) return await cleanUpOnly(world, site, options.cleanUpOnly);
  const { mode } = options;
  const run = world.newRun();
  const cost = await answered(() => costOf(world, site, mode, run));
  if ('refused' in cost) return refuse(world, cost.refused);
  announce(world, site, mode, run, cost.lines);
  if (totalOf(cost.lines) >= options.atMost) return refuse(world, tooDear(totalOf(cost.lines), options));
  if (!(options.isConfirmed || (await isAgreed(world, site))))
    return refuse(world, 'not confirmed; type the account as asked, or pass --yes where nobody can answer');
  return await carryOut(options, world, site, run, cost.lines, version);
}

/** What cannot be looked at is a reason to make nothing. */
async function answered<T>(look: () => Promise<T>): Promise<T | Refused> {
  try {
    return await look();
  } catch (error) {
    return { refused: `what is there could not be looked at: ${codeOf(error)}: ${messageOf(error)}` };
  }
}

function refuse({ say }: World, why: string): 2 {
  say(`Nothing was made: ${why}`);
  return 2;
}

async function wrongAccount({ clients }: World, { account, profile }: Site): Promise<string | undefined> {
  try {
    const { accountId, arn } = await callerOf(clients.sts);
    if (accountId === account) return undefined;
    return `your credentials are of account ${accountId} (${arn}), expected ${account}; sign in there, or name another --profile${profile === undefined ? '' : ` than ${profile}`}`;
  } catch (error) {
    const failure = accessFailureOf(error, 'sts:GetCallerIdentity');
    return `whose account this is could not be asked: ${messageOf(error)} (${failure.kind}); sign in and try again`;
  }
}

const inWords = ({ removed, left }: CleanedUp): readonly string[] => [
  ...(left.length === 0
    ? [
        removed.length === 0
          ? 'Nothing of this run was there.'
          : `Removed ${removed.length} things; nothing is left.`,
      ]
    : ['', 'STILL THERE; remove each with:']),
  ...left.flatMap(({ what, command, why }) => [`  ${what} (${why})`, `    ${command}`]),
];

async function cleanUpOnly(world: World, site: Site, run: string): Promise<ExitCode> {
  world.say(`Cleaning up after run ${run}`);
  const cleanedUp = await cleanUp(world, site, run);
  for (const line of inWords(cleanedUp)) world.say(line);
  return cleanedUp.left.length === 0 ? 0 : 1;
}

/** What stands in the way is found before anything is made: a deployment of somebody's, an account never bootstrapped. */
async function costOf(
  world: World,
  site: Site,
  mode: 'notify' | 'act',
  run: string,
): Promise<Refused | { readonly lines: readonly CostLine[] }> {
  if ((await standingStack(world)) !== undefined)
    return {
      refused: `there is a stack ${stackName} already; it would be replaced and then deleted. Take another Region or account`,
    };
  if (!(await isBootstrapped(world)))
    return {
      refused: `the Region is not bootstrapped for the CDK; run npx cdk bootstrap aws://${site.account}/${site.region} once, which stays`,
    };
  const volumes: Volume[] = [];
  for await (const page of ec2VolumeCatalog(world.clients.ec2, world.now).all()) volumes.push(...page);
  const { desired } = planAlarms(volumes, completePolicy({ mode }), stackName, world.now());
  const resources = world.resourcesOf(propsOf(mode, run));
  const wanted = { mode, volumesWithAlarm: desired.length + 1, resources };
  return { lines: estimate(wanted, usEast1Prices) };
}

/** The version that `cdk deploy` itself asks for; its name is that of the default qualifier. */
async function isBootstrapped({ clients: { ssm } }: World): Promise<boolean> {
  try {
    await ssm.send(new GetParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' }));
    return true;
  } catch (error) {
    if (codeOf(error) === 'ParameterNotFound') return false;
    throw error;
  }
}

function announce({ say }: World, site: Site, mode: string, run: string, lines: readonly CostLine[]): void {
  say(
    `Run ${run} in account ${site.account}, ${site.region}, mode ${mode}. Everything carries the tag ${runTagKey}=${run}.`,
  );
  say(
    `It deploys the stack ${stackName}, makes the queue, rule and subscription ${nameOf(run)}, an instance and a volume,`,
  );
  say(
    'and removes all of it at the end, after an error and after Ctrl-C. While it runs, every volume of the Region that',
  );
  say(
    'can run out has an alarm; none but the run’s own is ever modified. At most it costs, by the list of us-east-1:',
  );
  for (const { what, dollars } of lines) say(`  ${costText(dollars).padStart(8)}  ${what}`);
  say(`  ${costText(totalOf(lines)).padStart(8)}  in all`);
}

const tooDear = (total: number, { region, atMost }: SmokeOptions): string =>
  `it may cost ${costText(total)}, expected under $${atMost.toFixed(2)}; take a Region with fewer volumes than ${region}, or say --at-most`;

async function isAgreed({ ask }: World, { account }: Site): Promise<boolean> {
  return (await ask(`Type the account (${account}) to go on: `))?.trim() === account;
}

/** In milliseconds: an instance, a volume and a stack to their end. */
const timeToCleanUp = 20 * 60_000;

async function carryOut(
  { mode, reportFolder }: SmokeOptions,
  world: World,
  site: Site,
  run: string,
  cost: readonly CostLine[],
  version: string,
): Promise<ExitCode> {
  const sightings = new Sightings();
  const making = { clients: world.clients, site, run };
  const until = instant(world.now() + mostHours[mode].stack * 3_600_000 - timeToCleanUp);
  const failure = await failureOf(() => experiment({ world, making, mode, sightings, until }));
  world.say(failure === undefined ? 'All was seen. Cleaning up.' : `Ended early: ${failure}. Cleaning up.`);
  const cleanedUp = await cleanUp(world, site, run);
  const account = { run, site, mode, version, cost, sightings, failure, cleanedUp };
  for (const line of inWords(cleanedUp)) world.say(line);
  const name = `${reportFolder}/smoke-aws-${run}`;
  world.writeFile(`${name}.json`, asJson(account));
  world.writeFile(`${name}.md`, asMarkdown(account));
  world.say(`What was seen is in ${name}.md and ${name}.json.`);
  return failure === undefined && cleanedUp.left.length === 0 ? 0 : 1;
}

async function failureOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return `${codeOf(error)}: ${messageOf(error)}`;
  }
}
